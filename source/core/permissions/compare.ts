import {type PermissionSet} from '../manifest/permissions.ts';
import {coversEnv, coversExec, coversFs, coversHttp, coversSecret, coversTopic} from './covers.ts';
import {
	byRisk,
	type CommandPaths,
	describeEnv,
	describeEvents,
	describeExec,
	describeFs,
	describeHttp,
	describeSecret,
	describeStore,
	describeUi,
} from './describe.ts';
import {type PermissionItem} from './permission-item.ts';

export type PermissionDifference = {
	/** What the granted set does not cover, as a person reads it; empty when there is nothing to ask. */
	readonly missing: readonly PermissionItem[];
};

/**
What is asked beyond what was granted. Each kind has its own order: a host pattern covers hosts, a path what is below it, a command line
the same with fixed words, methods their subset. What cannot be compared counts as more.
*/
export function comparePermissions(granted: PermissionSet, asked: PermissionSet, commands: CommandPaths = {}): PermissionDifference {
	const {http = [], exec = [], fs = [], secrets = [], env = [], events, store, ui = []} = asked;
	const topics = {
		subscribe: (events?.subscribe ?? []).filter(topic => !coversTopic(granted.events?.subscribe, topic)),
		publish: (events?.publish ?? []).filter(topic => !coversTopic(granted.events?.publish, topic)),
	};
	const newUi = ui.filter(entry => granted.ui?.includes(entry) !== true);
	return {
		missing: byRisk([
			...http.filter(entry => !coversHttp(granted, entry)).map(entry => describeHttp(entry)),
			...exec.filter(entry => !coversExec(granted, entry)).map(entry => describeExec(entry, commands)),
			...fs.filter(entry => !coversFs(granted, entry)).map(entry => describeFs(entry)),
			...secrets.filter(entry => !coversSecret(granted, entry, asked)).map(entry => describeSecret(entry, asked)),
			...env.filter(entry => !coversEnv(granted, entry)).map(entry => describeEnv(entry)),
			...describeEvents({...events, ...topics}),
			...(store === undefined || store.maxBytes <= (granted.store?.maxBytes ?? 0) ? [] : [describeStore(store)]),
			...(newUi.length === 0 ? [] : [describeUi(newUi)]),
		]),
	};
}
