import {closeSync, constants, fstatSync, openSync, readFileSync, statSync} from 'node:fs';
import {dirname, parse, resolve} from 'node:path';
import {failure, toFailure, type Failure} from '../../core/failure/failure.ts';
import {type PluginPolicy} from '../../core/permissions/policy.ts';
import {parseToml} from '../settings/read-toml.ts';
import {checkPolicy} from './check-policy.ts';

export const policyFile = '/etc/cws/policy.toml';

export type LoadedPolicy = {
	readonly policy: PluginPolicy;
	/** The file that counted; absent when there is none. */
	readonly file?: string;
	readonly problems: readonly Failure[];
};

type Owner = {readonly uid: number; readonly mode: number};

type Options = {
	/** By default that of the administrator. */
	readonly file?: string;
	/** Who owns a file or folder; for tests. */
	readonly ownerOf?: (path: string, descriptor?: number) => Owner;
};

/**
What the administrator decided. A file that somebody else could have written is not the administrator's: it is reported and holds
nothing up. A wrong key costs only itself; a file of root that cannot be read at all denies every plugin from outside.
*/
export function readPolicy({file = policyFile, ownerOf = ownerOnDisk}: Options = {}): LoadedPolicy {
	let descriptor: number;
	try {
		descriptor = openSync(file, constants.O_RDONLY);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		return code === 'ENOENT' || code === 'ENOTDIR'
			? {policy: {}, problems: []}
			: closed(file, failure('CWS_CONFIG', {message: `The policy \`${file}\` cannot be read.`, cause: toFailure(error).message}));
	}

	try {
		const foreign = findForeign(file, descriptor, ownerOf);
		if (foreign !== undefined) {
			return {policy: {}, problems: [foreign]};
		}

		const parsed = parseToml(file, readFileSync(descriptor, 'utf8'));
		if (!parsed.ok) {
			return closed(file, parsed.error);
		}

		const {policy, problems} = checkPolicy(parsed.value);
		return {policy: {...policy, file}, file, problems};
	} catch (error) {
		return closed(file, failure('CWS_CONFIG', {message: `The policy \`${file}\` cannot be read.`, cause: toFailure(error).message}));
	} finally {
		closeSync(descriptor);
	}
}

/** `other` counts only where the administrator has none, so that no variable leads around it; it has to belong to root as well. */
export const loadPolicy = (other: string | undefined): LoadedPolicy => {
	const own = readPolicy();
	return own.file === undefined && own.problems.length === 0 && other ? readPolicy({file: other}) : own;
};

// There is a policy, and nobody knows what it says; what comes with cws still runs.
const closed = (file: string, problem: Failure): LoadedPolicy => ({
	policy: {allow: [], file},
	file,
	problems: [{...problem, fix: `ask the administrator to mend \`${file}\`; until then only the plugins that come with cws run`}],
});

// Whoever may write a folder may put another file into the place of this one. The open file is looked at, not its name.
function findForeign(file: string, descriptor: number, ownerOf: NonNullable<Options['ownerOf']>): Failure | undefined {
	const folders: string[] = [];
	for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
		folders.push(folder);
		if (folder === parse(folder).root) {
			break;
		}
	}

	const isForeign = ({uid, mode}: Owner, isFolder: boolean): boolean =>
		// A sticky folder, as /tmp, lets nobody replace what root put there.
		uid !== 0 || ((mode & 0o022) !== 0 && !(isFolder && (mode & 0o1000) !== 0));
	const wrong = isForeign(ownerOf(file, descriptor), false) ? file : folders.find(folder => isForeign(ownerOf(folder), true));
	return wrong === undefined
		? undefined
		: failure('CWS_CONFIG', {
				message: `The policy \`${file}\` does not count.`,
				cause: `\`${wrong}\` does not belong to root alone, so anybody could have written it`,
				fix: `as an administrator: chown root:root ${wrong} && chmod go-w ${wrong}`,
				details: {file, path: wrong},
			});
}

const ownerOnDisk = (path: string, descriptor?: number): Owner => (descriptor === undefined ? statSync(path) : fstatSync(descriptor));
