import {type Finished} from './run.ts';

/** Why a machine could not be asked. `unreachable` is nobody's fault: it may be switched off. */
export type Trouble = {
	readonly kind: 'unreachable' | 'needs login' | 'host key' | 'failed';
	/** One line for the row. */
	readonly reason: string;
	readonly fix?: string;
};

type Rule = readonly [RegExp, (name: string, match: RegExpExecArray) => Trouble];

const rules: readonly Rule[] = [
	[
		/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed/,
		name => ({
			kind: 'host key',
			reason: 'its host key is not the one you know: it was reinstalled, or somebody is in between',
			fix: `compare the key, then \`ssh-keygen -R\` the old one and \`ssh ${name}\``,
		}),
	],
	[
		/Host key verification failed|No .* host key is known/,
		name => ({kind: 'host key', reason: 'its host key is not known yet', fix: `connect once (s, or \`ssh ${name}\`) and compare the key`}),
	],
	[
		/Permission denied \(([^)]*)\)/,
		(name, [, methods]) => ({
			kind: 'needs login',
			reason: `it wants ${methods ?? 'a login'} that cws may not ask you for`,
			fix: `connect once (s, or \`ssh ${name}\`), or add your key with \`ssh-add\``,
		}),
	],
	[
		/Too many authentication failures/,
		name => ({
			kind: 'needs login',
			reason: 'ssh offered it too many keys',
			fix: `set \`IdentityFile\` and \`IdentitiesOnly yes\` for \`${name}\` in ~/.ssh/config`,
		}),
	],
	[/Could not resolve hostname (\S+?):/, (_, [, host]) => ({kind: 'unreachable', reason: `the name ${host ?? ''} is not known`.trim()})],
	[/Connection refused/, () => ({kind: 'unreachable', reason: 'nothing listens on its ssh port'})],
	[/No route to host|Network is unreachable|Host is down/, () => ({kind: 'unreachable', reason: 'no way leads to it'})],
	[/timed out|Timeout|not responding/i, () => ({kind: 'unreachable', reason: 'it does not answer'})],
	[
		/kex_exchange_identification|Connection (?:closed|reset) by|banner exchange/,
		() => ({kind: 'unreachable', reason: 'it hangs up before it says who it is; it may be overloaded or starting'}),
	],
	[
		/Bad configuration option|terminating, \d+ bad configuration/,
		() => ({kind: 'failed', reason: 'ssh does not understand its configuration', fix: 'run `ssh -G` to see the line'}),
	],
];

/** What ssh's last words mean; undefined when the machine answered. */
export function troubleOf(name: string, {code, stdout, stderr, isTimedOut}: Finished): Trouble | undefined {
	// Given up because of the time, or because it said more than anybody reads.
	if ((isTimedOut || code === undefined) && stdout !== '') {
		return {kind: 'failed', reason: 'its answer does not end', fix: `see what \`ssh ${name} sh\` says`};
	}

	if (isTimedOut) {
		return {kind: 'unreachable', reason: 'it takes the call and says nothing'};
	}

	// 255 is ssh's own; any other status is the remote command's.
	if (code !== 255 && code !== undefined) {
		return undefined;
	}

	for (const [pattern, tell] of rules) {
		const match = pattern.exec(stderr);
		if (match !== null) {
			return tell(name, match);
		}
	}

	return {kind: 'failed', reason: stderr.trim().split('\n').at(-1)?.slice(0, 200) || 'ssh ended without a word'};
}
