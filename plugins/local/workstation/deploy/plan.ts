import {
	type CallContext,
	type DeploySpec,
	formatBytes,
	type PlanLine,
	type ProviderPlan,
	type ResourceOperation,
	type ResourceTarget,
} from 'cws/sdk';
import {type LocalContext} from '../../context.ts';
import {estimateWorkstation} from '../../cost.ts';
import {membersOf} from '../../process/members.ts';
import {readAllStored} from '../../storage/records.ts';
import {directoryOf} from '../../storage/paths.ts';
import {programOf} from './check-command.ts';
import {assertNameFree} from './deploy.ts';
import {directorySize} from '../directory-size.ts';
import {findWorkstation} from '../find.ts';
import {limitsOf} from './limits.ts';
import {type WorkstationSpec} from '../record.ts';
import {resolveSpec} from './resolve-spec.ts';
import {describeCommand} from './templates.ts';
import {endpointAddress} from '../to-resource.ts';

/** The dry run of a deploy: the same checks as the deploy itself, and nothing created. */
export async function planDeploy(context: LocalContext, deploy: DeploySpec): Promise<ProviderPlan> {
	assertNameFree(context, deploy.name);
	const spec = await resolveSpec(context, deploy);
	const limits = limitsOf(spec, {path: spec.env.PATH ?? context.env.PATH});
	return {
		lines: [...linesOf(context, spec), ...limits.lines],
		warnings: [
			...limits.warnings,
			...nodeUnderLimit(spec),
			...samePort(context, spec),
			...(deploy.region === undefined ? [] : [`region \`${deploy.region}\` is not used: this provider is one machine`]),
		],
		estimate: estimateWorkstation(context.config),
	};
}

function linesOf({root}: LocalContext, spec: WorkstationSpec): readonly PlanLine[] {
	const description = describeCommand(spec);
	return [
		{label: description === spec.command ? 'command' : 'template', value: description},
		{label: 'directory', value: spec.cwd ?? `a new one in ${root}`},
		...(spec.port === undefined ? [] : [{label: 'endpoint', value: endpointAddress(spec, spec.port)}]),
		...(Object.keys(spec.env).length === 0 ? [] : [{label: 'environment', value: Object.keys(spec.env).join(', ')}]),
	];
}

const nodePrograms: ReadonlySet<string | undefined> = new Set(['node', 'npm', 'npx', 'pnpm', 'yarn']);

// V8 reserves 512 MB for machine code before it runs anything, and the system counts that as data.
const nodeUnderLimit = ({command, memoryMb}: WorkstationSpec): readonly string[] =>
	memoryMb !== undefined && memoryMb < 640 && nodePrograms.has(programOf(command)) && !command.includes('--jitless')
		? [`Node 22 and newer may not start with a memory limit below 640 MB; run it with \`--jitless\` or without the limit`]
		: [];

function samePort(context: LocalContext, {port}: WorkstationSpec): readonly string[] {
	return port === undefined
		? []
		: readAllStored(context)
				.workstations.filter(({record}) => record.spec.port === port)
				.map(({record}) => `\`${record.name}\` uses port ${port} too when it runs`);
}

/** The dry run of anything else. */
export async function planAction(
	context: LocalContext,
	{action, target}: {readonly action: ResourceOperation; readonly target: ResourceTarget},
	{signal}: CallContext,
): Promise<ProviderPlan> {
	const {record, run} = findWorkstation(context, target);
	const count = run === undefined ? 0 : membersOf(context, record.id, run).length;
	const processes = count === 1 ? 'one process' : `${count} processes`;
	const grace = `TERM, then KILL after ${context.config.stopGraceSeconds} s`;
	switch (action) {
		case 'destroy': {
			const directory = directoryOf(context, record.id);
			const {bytes, files, isComplete} = await directorySize(directory, signal);
			return {
				lines: [
					{
						label: 'processes',
						value: count === 0 ? 'none runs' : `${count === 1 ? 'one process ends' : `${count} processes end`} (${grace})`,
					},
				],
				takes: [
					`${directory} with ${isComplete ? '' : 'more than '}${files === 1 ? 'one file' : `${files} files`}, ${formatBytes(bytes)}`,
					'its log',
				],
				keeps: record.spec.cwd === undefined ? [] : [record.spec.cwd],
			};
		}

		case 'stop':
		case 'restart': {
			return {
				lines: [
					{
						label: 'processes',
						value: count === 0 ? 'none runs' : `${count === 1 ? 'one process ends' : `${count} processes end`} (${grace})`,
					},
				],
				keeps: ['its directory', 'its log'],
			};
		}

		case 'hibernate':
		case 'resume': {
			return {
				lines: [
					{label: 'processes', value: action === 'hibernate' ? `${processes} paused, and the memory kept` : `${processes} continued`},
				],
			};
		}

		default: {
			return {lines: [{label: 'command', value: record.spec.command}]};
		}
	}
}
