import {type Account, type Accounts} from '../access/accounts.ts';

/** Accounts of nobody: the numbers are those AWS writes in its own examples. */
export const demoOwners: Readonly<Record<string, string>> = {
	'demo-prod': '111122223333',
	'demo-lab': '444455556666',
};

/** What they are called in dialogs. */
export const demoNames: Readonly<Record<string, string>> = {'111122223333': 'acme-production', '444455556666': 'acme-research'};

export const demoRegions: readonly string[] = ['us-east-1', 'eu-central-1'];

const account = (name: string, region: string, isActive: boolean): Account => ({
	name,
	kind: 'sso',
	profile: name,
	region,
	isActive,
	version: 'demo',
	endpointOf: () => undefined,
});

export const demoAccounts: Accounts = {
	accounts: [account('demo-prod', 'us-east-1', true), account('demo-lab', 'eu-central-1', false)],
	skipped: [],
};
