import {type DeploySpec, type Provider, providerError, type ResourceTarget} from 'cws/sdk';
import {choices} from './choices.ts';
import {findDatabase, planDatabaseAction, readDatabases, restartDatabase, startDatabase, stopDatabase} from './database/databases.ts';
import {listParts} from './list-parts.ts';
import {machine} from './price/live/wanted.ts';
import {type AwsState} from './state.ts';
import {connectVm} from './vm/connect.ts';
import {readConsole} from './vm/console.ts';
import {deployVm} from './vm/deploy/deploy.ts';
import {estimateVm, planVm} from './vm/deploy/plan.ts';
import {regionOf} from './vm/deploy/place.ts';
import {resolveVm} from './vm/deploy/resolve-spec.ts';
import {destroyVm, planVmAction, restartVm, startVm, stopVm} from './vm/operations.ts';
import {getVm, measureVm} from './vm/measure.ts';
import {findVm, readInstances} from './vm/read.ts';
import {destroyVolume, findVolume, planVolumeDestroy, readVolumes} from './volume/volumes.ts';

const readers = {vm: readInstances, volume: readVolumes, database: readDatabases};
const finders = {vm: findVm, volume: findVolume, database: findDatabase};

type AwsType = keyof typeof readers;

const isAwsType = (type: string): type is AwsType => Object.hasOwn(readers, type);

export const createProvider = (state: () => AwsState): Provider => ({
	async *list({type}, {signal}) {
		if (isAwsType(type)) {
			yield* listParts(state(), signal, (part, signal) => readers[type](state(), part, signal));
		}
	},
	async get(target, {signal}) {
		if (target.type === 'vm') {
			return getVm(state(), target, signal);
		}

		return isAwsType(target.type) ? ((await finders[target.type](state(), target, signal))?.resource ?? null) : null;
	},
	plan: async (_provider, spec, {signal}) => planVm(state(), vmSpec(spec), signal),
	async planAction(action, target, call) {
		switch (typeOf(target)) {
			case 'vm': {
				return planVmAction(state(), action, target, call);
			}

			case 'volume': {
				return planVolumeDestroy(state(), target, call);
			}

			case 'database': {
				return planDatabaseAction(state(), action, target, call);
			}
		}
	},
	choices: async () => choices(state()),
	async estimateCost(_provider, spec) {
		const [account] = (await state().accounts()).accounts;
		const vm = resolveVm(vmSpec(spec));
		const region = regionOf(spec) ?? account?.region ?? 'us-east-1';
		if (account !== undefined && !vm.isSpot) {
			await state().livePrices.want({account, region}, [machine(vm.instanceType, region)]);
		}

		return estimateVm(vm, region, {listed: state().livePrices.of(region, vm.instanceType)});
	},
	deploy: async (_provider, spec, call) => deployVm(state(), vmSpec(spec), call),
	start: async (target, call) => (isDatabase(target) ? startDatabase(state(), target, call) : startVm(state(), vm(target), call)),
	stop: async (target, call) => (isDatabase(target) ? stopDatabase(state(), target, call) : stopVm(state(), vm(target), call)),
	restart: async (target, call) => (isDatabase(target) ? restartDatabase(state(), target, call) : restartVm(state(), vm(target), call)),
	hibernate: async (target, call) => stopVm(state(), vm(target), call, true),
	resume: async (target, call) => startVm(state(), vm(target), call),
	destroy: async (target, call) => (target.type === 'volume' ? destroyVolume(state(), target, call) : destroyVm(state(), vm(target), call)),
	logs: (target, options, call) => readConsole(state(), vm(target), options, call),
	connect: async (target, options, {signal}) => connectVm(state(), vm(target), options, signal),
	metrics: async (target, call) => measureVm(state(), vm(target), call),
});

const notSupported = (message: string) => providerError('CWS_NOT_SUPPORTED', {message, fix: 'see `cws providers`'});

const isDatabase = ({type}: ResourceTarget): boolean => type === 'database';

function typeOf({type}: ResourceTarget): AwsType {
	if (!isAwsType(type)) {
		throw notSupported(`\`aws\` has no \`${type}\`.`);
	}

	return type;
}

function vm(target: ResourceTarget): ResourceTarget {
	if (target.type !== 'vm') {
		throw notSupported(`\`aws\` cannot do that to a \`${target.type}\`.`);
	}

	return target;
}

function vmSpec(spec: DeploySpec): DeploySpec {
	if (spec.type !== 'vm') {
		throw notSupported(`\`aws\` cannot create a \`${spec.type}\`.`);
	}

	return spec;
}
