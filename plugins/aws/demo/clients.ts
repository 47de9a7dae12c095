import {setTimeout as sleep} from 'node:timers/promises';
import {type Account} from '../access/accounts.ts';
import {type Clients} from '../clients/clients.ts';
import {type Meter} from '../vm/metrics.ts';
import {demoOwners} from './accounts.ts';
import {createDemoCloud, type DemoInput} from './cloud.ts';

const answerMs = 80;

type Command = {readonly input: DemoInput; readonly constructor: {readonly name: string}};

/** Clients that answer from the recording. No address is dialled and no credentials are looked for. */
export function createDemoClients(now: () => number): Clients {
	const cloud = createDemoCloud(now);
	const client = (account: Account, region: string) => ({
		async send(command: Command, {abortSignal}: {readonly abortSignal?: AbortSignal} = {}) {
			await sleep(answerMs, undefined, {signal: abortSignal});
			const call = command.constructor.name.replace(/Command$/, '');
			return call === 'GetCallerIdentity'
				? {Account: demoOwners[account.name], Arn: `arn:aws:iam::${demoOwners[account.name]}:user/demo`}
				: cloud.answer({account: account.name, region}, call, command.input);
		},
	});
	return {
		ec2: async (account, region) => client(account, region) as never,
		rds: async (account, region) => client(account, region) as never,
		sts: async account => client(account, account.region) as never,
		credentials: async ({name}) => ({accessKeyId: `demo of ${name}`}),
		close() {},
	};
}

/** Figures that are always the same for the same instance. */
export const demoMeter: Meter = {
	async measure(_part, id) {
		const chance = Number.parseInt(id.slice(4, 9), 16);
		return {cpuPercent: chance % 97, received: (chance % 89) * 4096, sent: (chance % 83) * 2048};
	},
};
