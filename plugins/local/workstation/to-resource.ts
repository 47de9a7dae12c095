import {type Endpoint, type ProviderResource, type ResourceMetrics, type ResourceOperation, type ResourceStatus} from 'cws/sdk';
import {type LocalContext} from '../context.ts';
import {estimateWorkstation} from '../cost.ts';
import {directoryOf, workDirectoryOf} from '../storage/paths.ts';
import {type Observation} from './observe.ts';
import {type WorkstationSpec} from './record.ts';
import {formatSize} from './deploy/size.ts';
import {describeCommand} from './deploy/templates.ts';

/** A workstation as the list shows it. */
export function toResource(context: LocalContext, observation: Observation, metrics?: ResourceMetrics): ProviderResource {
	const {stored, status, raw, reason, leader, isListening} = observation;
	const {record, exit} = stored;
	const {spec} = record;
	return {
		id: record.id,
		type: 'vm',
		name: record.name,
		status,
		where: 'this machine',
		rawStatus: raw,
		...(reason !== undefined && {statusReason: reason}),
		size: formatSize(spec),
		createdAt: record.createdAt,
		...(record.tags !== undefined && {tags: record.tags}),
		endpoints: spec.port === undefined ? [] : [endpointOf(spec, spec.port, isListening)],
		cost: estimateWorkstation(context.config),
		disabled: disabledIn(status),
		...(metrics !== undefined && {metrics}),
		meta: {
			command: describeCommand(spec),
			template: spec.template,
			...(spec.port !== undefined && {port: spec.port}),
			directory: spec.cwd ?? workDirectoryOf(context, record.id),
			files: directoryOf(context, record.id),
			...(Object.keys(spec.env).length > 0 && {environment: Object.keys(spec.env)}),
			...(record.start !== undefined && {startedAt: record.start.at, limits: record.start.limits}),
			...(leader !== undefined && {pid: leader.pid, nice: leader.nice}),
			...(exit !== undefined && leader === undefined && {exitStatus: exit.code, endedAt: exit.at}),
		},
	};
}

export const endpointAddress = ({protocol}: Pick<WorkstationSpec, 'protocol'>, port: number): string =>
	protocol === 'tcp' ? `localhost:${port}` : `${protocol}://localhost:${port}`;

function endpointOf(spec: WorkstationSpec, port: number, isListening: boolean | undefined): Endpoint {
	return {label: 'port', address: endpointAddress(spec, port), ...(isListening !== undefined && {isReachable: isListening})};
}

type Disabled = Readonly<Partial<Record<ResourceOperation, string>>>;

const notRunning: Disabled = {
	stop: 'it is not running',
	restart: 'it is not running; start it',
	hibernate: 'it is not running',
	resume: 'it is not hibernated',
	metrics: 'it is not running',
};

/** What does not fit a state, with the reason. */
export function disabledIn(status: ResourceStatus): Disabled {
	switch (status) {
		case 'running':
		case 'creating':
		case 'pending': {
			return {start: 'it is running', resume: 'it is not hibernated'};
		}

		case 'hibernated': {
			return {start: 'it is hibernated; resume it', hibernate: 'it is hibernated already'};
		}

		case 'stopping': {
			return {
				start: 'it is stopping',
				stop: 'it is stopping',
				restart: 'it is stopping',
				hibernate: 'it is stopping',
				resume: 'it is stopping',
			};
		}

		default: {
			return notRunning;
		}
	}
}
