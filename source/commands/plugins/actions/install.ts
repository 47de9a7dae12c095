import {resolve} from 'node:path';
import {exitCodes} from '../../../core/failure/error-codes.ts';
import {failure} from '../../../core/failure/failure.ts';
import {type Contributions} from '../../../core/manifest/contributions.ts';
import {type InstallPreview} from '../../../core/ports/plugin-installer.ts';
import {type InstallResult} from '../../../engine/run/install-plugin.ts';
import {confirm} from '../../../platform/prompt.ts';
import {loadedEngine, type PluginAction} from '../action.ts';
import {consentLines} from './grant.ts';

export const install: PluginAction = {
	name: 'install',
	usage: 'PATH [--yes]',
	minimum: 1,
	maximum: 1,
	flags: {yes: {type: 'boolean', alias: 'y', short: 'allow what it asks for without a question'}},
	async run(context) {
		const {print, input, flags, signal, isInteractive} = context;
		const source = resolve(input[0]!);
		const engine = await loadedEngine(context);
		const shown = await engine.previewInstall(source, signal);
		if (!shown.ok) {
			return print.failure(shown.error);
		}

		const {consent, manifest, digest, previousVersion} = shown.value;
		let isAccepted = consent === undefined || flags['yes'] === true;
		if (consent !== undefined && !isAccepted && isInteractive) {
			consentLines({manifest, origin: 'user', badge: 'unsigned'}, consent).forEach(line => print.note(line));
			const question = previousVersion === undefined ? `Install ${manifest.id} and allow this?` : `Update ${manifest.id} and allow this?`;
			if (!(await confirm(question, signal))) {
				return print.failure(failure('CWS_CANCELLED', {message: 'Nothing was installed.'}));
			}

			isAccepted = true;
		}

		const done = await engine.run('installPlugin', {source, ...(isAccepted && {accepts: digest})}, {origin: 'cli', signal});
		if (!done.ok) {
			return print.failure(done.error);
		}

		const {record} = done.value;
		if (print.isJson) {
			print.json(done.value);
		} else {
			installLines(shown.value, done.value).forEach(line => print.line(line));
			if (record.consent !== undefined) {
				print.note(`${record.id} is blocked until you allow what it asks for: cws plugin grant ${record.id}`);
			} else if (record.error !== undefined) {
				print.note(`${record.id} is ${record.state}: ${record.error.message}`);
			}
		}

		return exitCodes.done;
	},
};

/** What the person gets: the seed's lines, each only when there is something to say. */
export function installLines(
	{manifest}: Pick<InstallPreview, 'manifest'>,
	{plugin, version, previousVersion, directory, changes, needsRestart}: Omit<InstallResult, 'record'>,
): readonly string[] {
	const {
		commands = [],
		endpoints = [],
		serviceTypes = [],
		templateTypes = [],
		resourceTypes = [],
		themes = [],
	}: Contributions = manifest.contributes ?? {};
	const line = (title: string, names: readonly string[]) => (names.length === 0 ? [] : [`${title}: ${[...new Set(names)].join(', ')}`]);
	const isUpdate = previousVersion !== undefined && previousVersion !== version;
	return [
		isUpdate ? `Updated: ${plugin} v${previousVersion} → v${version}` : `Installed: ${plugin} v${version}`,
		...(isUpdate
			? [...(changes === undefined ? [] : [`Changes: ${changes}`]), `Restart required: ${needsRestart ? 'Yes' : 'No (hot-reloadable)'}`]
			: []),
		`Installed to: ${directory}`,
		...line(
			'Available commands',
			commands.map(({parent, name}) => ['cws', parent, name].filter(Boolean).join(' ')),
		),
		...line('Available APIs', endpoints.length === 0 ? [] : [`${manifest.routerPrefix ?? `/${plugin}`}/*`]),
		...line(
			'New resource types',
			resourceTypes.map(({type}) => type),
		),
		...line(
			'New service types',
			serviceTypes.map(({type}) => type),
		),
		...line(
			'New template types',
			templateTypes.map(({type}) => type),
		),
		...line(
			'New themes',
			themes.map(({name}) => name),
		),
	];
}
