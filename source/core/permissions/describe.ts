import {
	type EnvPermission,
	type EventPermission,
	type ExecPermission,
	type FsPermission,
	type HttpPermission,
	type PermissionSet,
	type SecretPermission,
	type StorePermission,
	type UiPermission,
} from '../manifest/permissions.ts';
import {formatBytes} from '../text/bytes.ts';
import {showCommand} from './argv.ts';
import {secretHosts} from './covers.ts';
import {type PermissionItem} from './permission-item.ts';
import {isPowerful} from './powerful-commands.ts';
import {parseGrantedPath} from './path.ts';

/** Where commands are on this machine, by the name a manifest calls them. */
export type CommandPaths = Readonly<Record<string, string>>;

/** What a person is shown of a permission set, the dangerous first. Pass titles and reasons through `safeText` before drawing. */
export const describePermissions = (set: PermissionSet, commands: CommandPaths = {}): readonly PermissionItem[] =>
	byRisk([
		...(set.http ?? []).map(entry => describeHttp(entry)),
		...(set.exec ?? []).map(entry => describeExec(entry, commands)),
		...(set.fs ?? []).map(entry => describeFs(entry)),
		...(set.secrets ?? []).map(entry => describeSecret(entry, set)),
		...(set.env ?? []).map(entry => describeEnv(entry)),
		...(set.events === undefined ? [] : describeEvents(set.events)),
		...(set.store === undefined ? [] : [describeStore(set.store)]),
		...(set.ui === undefined || set.ui.length === 0 ? [] : [describeUi(set.ui)]),
	]);

export const byRisk = (items: readonly PermissionItem[]): readonly PermissionItem[] => [
	...items.filter(({risk}) => risk === 'high'),
	...items.filter(({risk}) => risk === 'low'),
];

export function describeHttp({hosts, methods, privateNetwork = false, reason}: HttpPermission): PermissionItem {
	const what = `${methods === undefined ? 'send any request' : `send ${methods.join(', ')} requests`} to ${hosts.join(', ')}`;
	return privateNetwork
		? item('http', `LOCAL NETWORK: ${what}, also without encryption and to your own machines`, reason, 'high')
		: item('http', what, reason, 'low');
}

export function describeExec({command, args, tty = false, reason}: ExecPermission, commands: CommandPaths = {}): PermissionItem {
	const path = Object.hasOwn(commands, command) && commands[command] !== command ? ` (${commands[command]})` : '';
	const line = `run \`${showCommand(command, args)}\`${path}${tty ? ', also on your terminal' : ''}`;
	// Any program is somebody's code, with the person's rights and outside the sandbox.
	return isPowerful(command)
		? item('exec', `${line}: FULL ACCESS TO YOUR ACCOUNT, as this program can run others`, reason, 'high')
		: item('exec', `${line}, outside the sandbox`, reason, 'high');
}

/** All of the home directory is every key in it; writing anywhere outside its own folder can change what other programs do. */
export function describeFs({path, access, reason}: FsPermission): PermissionItem {
	const granted = parseGrantedPath(path);
	const isOwn = granted?.variable === 'pluginData';
	const isWide = granted === undefined || (granted.segments.length === 0 && !isOwn);
	const isRisky = !isOwn && (access === 'write' || isWide || granted.segments.some(segment => credentials.has(segment)));
	return item('fs', `${access === 'write' ? 'read and change' : 'read'} ${path}`, reason, isRisky ? 'high' : 'low');
}

const credentials: ReadonlySet<string> = new Set([
	'.ssh',
	'.gnupg',
	'.aws',
	'.azure',
	'.kube',
	'.docker',
	'.netrc',
	'.password-store',
	'gcloud',
]);

export function describeSecret(entry: SecretPermission, set: PermissionSet): PermissionItem {
	const {name, title, read = false, keep = false, reason = ''} = entry;
	const login = keep ? '; a login sets it' : '';
	if (read) {
		return item('secrets', `READ YOUR SECRET \`${name}\` (${title}) and do with it what it likes${login}`, reason, 'high');
	}

	const hosts = secretHosts(entry, set);
	const where = hosts.length === 0 ? 'nowhere' : hosts.join(', ');
	return item('secrets', `use your secret \`${name}\` (${title}) in requests to ${where}, without seeing it${login}`, reason, 'low');
}

export const describeEnv = ({name, as, reason}: EnvPermission): PermissionItem =>
	as === 'secret'
		? item('env', `use the environment variable ${name} as a secret, without seeing it`, reason, 'low')
		: item('env', `read the environment variable ${name}`, reason, looksSecret.test(name) ? 'high' : 'low');

const looksSecret = /TOKEN|SECRET|PASSW|CREDENTIAL|PRIVATE|(?:^|_)(?:API_?KEY|KEY|PAT|AUTH)(?:_|$)/i;

export const describeEvents = ({subscribe = [], publish = [], reason = ''}: EventPermission): readonly PermissionItem[] => [
	...(subscribe.length === 0 ? [] : [item('events', `hear of ${subscribe.join(', ')}`, reason, 'low')]),
	...(publish.length === 0 ? [] : [item('events', `tell of ${publish.join(', ')}`, reason, 'low')]),
];

export const describeStore = ({maxBytes, reason = ''}: StorePermission): PermissionItem =>
	item('store', `keep up to ${formatBytes(maxBytes)} of its own data`, reason, 'low');

const uiWords: Readonly<Record<UiPermission, string>> = {
	notify: 'show you messages',
	confirm: 'ask you to confirm',
	prompt: 'ask you for text',
	status: 'show a word in the status bar',
};

export const describeUi = (entries: readonly UiPermission[]): PermissionItem =>
	item('ui', entries.map(entry => uiWords[entry]).join(', '), '', 'low');

const item = (kind: string, title: string, reason: string, risk: PermissionItem['risk']): PermissionItem => ({kind, title, reason, risk});
