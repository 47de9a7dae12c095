import {freePort} from '../../plugins/local/test/local-for-test.ts';
import {type DeploySpec} from '../../source/core/plan.ts';

export type Sample = {
	readonly options: Readonly<Record<string, unknown>>;
	readonly provider: string;
	/** A small workstation that can be created anywhere, without anything installed. */
	readonly spec: Omit<DeploySpec, 'token'>;
	/** Part of the spec that must not turn up in a log. */
	readonly secret: string;
	/** Changes to the spec that the provider has to refuse. */
	readonly malformed: readonly Partial<DeploySpec>[];
	/** A deploy that takes long enough to be cancelled. */
	readonly slow: {readonly options: Readonly<Record<string, unknown>>; readonly spec: () => Promise<Omit<DeploySpec, 'token'>>};
};

const secret = 'hunter2-0451';

/** What the contract suite deploys with each plugin. */
export const samples: Readonly<Record<string, Sample>> = {
	local: {
		options: {stopGraceSeconds: 2, readySeconds: 5},
		provider: 'local',
		spec: {type: 'vm', name: 'contract-1', fields: {command: 'exec sleep 120', env: {API_TOKEN: secret}}},
		secret,
		malformed: [
			{fields: {command: 'exec sleep 120', port: 'eighty'}},
			{fields: {command: 'exec sleep 120', port: 99_999}},
			{fields: {template: 'spaceship'}},
			{fields: {command: 'exec sleep 120', env: {'A B': 'x'}}},
			{fields: {command: 'exec sleep 120', cwd: '/nowhere/at/all'}},
			{fields: {command: 'exec sleep 120', healthPath: '/health'}},
			{name: '../contract-2'},
		],
		slow: {
			options: {stopGraceSeconds: 2, readySeconds: 60},
			// Nothing ever answers on the port.
			spec: async () => ({type: 'vm', name: 'contract-slow', fields: {command: 'exec sleep 120', port: await freePort()}}),
		},
	},
	mock: {
		options: {latencyMs: 0, changesPerSecond: 0},
		provider: 'nimbus',
		spec: {type: 'vm', name: 'contract-1', region: 'eu-west-1', size: 't3.small', fields: {image: secret}},
		secret,
		malformed: [
			{name: ''},
			{region: 'moon'},
			{size: 'huge'},
			{fields: {storageGb: 'many'}},
			{fields: {storageGb: -1}},
			{fields: {account: {}}},
		],
		slow: {
			options: {latencyMs: 100, changesPerSecond: 0},
			spec: async () => ({type: 'vm', name: 'contract-slow', fields: {}}),
		},
	},
};
