import assert from 'node:assert/strict';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type ListPage} from '../../sdk/provider.ts';
import {type TestWorld} from '../test-context.ts';
import {assertWellFormed, callsOf, typesOf} from './calls.ts';
import {type ContractCheck, type ContractSubject} from './contract.ts';

/** Answers of a server that is broken, lies, or is another one. */
const nonsense: readonly TestWorld['http'][] = [
	() => ({status: 500, body: 'boom'}),
	() => ({status: 200, body: '<html>a login page</html>'}),
	() => ({body: null}),
	() => ({body: []}),
	() => ({body: {}}),
	() => ({body: '[[[[[['}),
	undefined,
];

export const listChecks: readonly ContractCheck[] = [
	{
		title: 'its manifest is valid and names what it can do',
		appliesTo: ({kind}) => kind === 'provider',
		async run({record}) {
			const types = typesOf(record().manifest);
			assert.ok(types.length > 0, 'a provider has at least one resource type');
			for (const {type, operations} of types) {
				assert.ok(operations.includes('list') && operations.includes('get'), `${type} cannot be listed and read`);
			}
		},
	},
	{
		title: 'its lists are well-formed, of the type asked for, and have every id once',
		appliesTo: manifest => typesOf(manifest).length > 0,
		async run(subject, sample) {
			for (const {type, provider} of typesOf(subject.record().manifest)) {
				const resources = await callsOf(subject, sample).rows(type, provider);
				for (const resource of resources) {
					assertWellFormed(resource, type);
				}

				const keys = resources.map(({account, region, id}) => JSON.stringify([account, region, id]));
				assert.equal(new Set(keys).size, keys.length);
			}
		},
	},
	{
		title: 'a list of a type it does not have is empty',
		appliesTo: manifest => typesOf(manifest).length > 0,
		async run(subject, sample) {
			assert.deepEqual(await callsOf(subject, sample).rows('spaceship'), []);
		},
	},
	{
		title: 'answers that make no sense end no call without an end, and the plugin goes on',
		appliesTo: (manifest, {http}) => typesOf(manifest).length > 0 && http !== undefined,
		async run(subject, sample) {
			const {world} = subject;
			if (world === undefined) {
				return;
			}

			const before = world.http;
			const {generation} = subject.record();
			try {
				for (const answer of nonsense) {
					world.http = answer;
					for (const {type, provider} of typesOf(subject.record().manifest)) {
						const outcome = await listed(subject, provider, type);
						assert.ok(outcome.ok || outcome.error.code !== 'CWS_PLUGIN_TIMEOUT', JSON.stringify(outcome));
					}
				}
			} finally {
				world.http = before;
			}

			assert.deepEqual([subject.record().state, subject.record().generation], ['active', generation]);
			for (const {type, provider} of typesOf(subject.record().manifest)) {
				await callsOf(subject, sample).rows(type, provider);
			}
		},
	},
	{
		title: 'without its secret a list fails and names the command that sets it',
		appliesTo: (manifest, {secrets}) => typesOf(manifest).length > 0 && secrets !== undefined,
		async run(subject) {
			const {world} = subject;
			if (world === undefined) {
				return;
			}

			const before = world.secrets;
			try {
				world.secrets = {};
				const [type] = typesOf(subject.record().manifest);
				const outcome = await listed(subject, type!.provider, type!.type);
				assert.ok(!outcome.ok && outcome.error.code === 'CWS_SECRET_MISSING', JSON.stringify(outcome));
				assert.match(outcome.error.fix ?? '', /cws secrets set/);
			} finally {
				world.secrets = before;
			}
		},
	},
];

/** What became of a list: its last item says. */
async function listed({host, plugin}: ContractSubject, provider: string, type: string): Promise<Outcome<unknown>> {
	let last: Outcome<unknown> = {ok: true, value: undefined};
	for await (const chunk of host.stream<ListPage>({plugin, method: 'provider.list', args: [{provider, type}]})) {
		last = chunk;
	}

	return last;
}
