import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {failure, type Failure, toFailure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type PluginRecord} from '../core/plugin.ts';
import {type Consent} from '../core/plugin-parts.ts';
import {type Capabilities} from './broker/capability.ts';
import {type PluginHostOptions} from './options.ts';
import {placementOf} from './transport/placement.ts';
import {type OpenTransport} from './transport/transport.ts';
import {type Asker} from './trust.ts';

/** What a plugin needs to run. */
export type Admission = {
	readonly open: OpenTransport;
	/** The script whose hash was looked at, for the sandbox: what was checked is what runs. */
	readonly code?: string;
	readonly capabilities: Capabilities;
};

export type Admitted =
	| {readonly ok: true; readonly value: Admission}
	| {readonly ok: false; readonly error: Failure; readonly consent?: Consent};

export type Admit = (
	record: PluginRecord,
	state: {readonly memoryStrikes: number; readonly onDenied: (what: string) => void},
) => Promise<Admitted>;

/** What the host itself does for plugins, by what their manifest says. */
type OwnCapabilities = (record: PluginRecord) => Capabilities;

type Options = Pick<PluginHostOptions, 'trust' | 'openSandbox' | 'openProcess' | 'isolationOf' | 'availableMemory'> & {
	readonly openWorker: OpenTransport;
	readonly ownCapabilities: OwnCapabilities;
};

/** The stage `security`: where a plugin runs and with what, or what has to be granted before. */
export function createAdmit({trust, openWorker, ownCapabilities, openSandbox, openProcess, isolationOf, availableMemory}: Options): Admit {
	function transportOf(id: string, memoryStrikes: number): OpenTransport | undefined {
		const isolation = isolationOf?.(id);
		const placement = placementOf({
			...(isolation !== undefined && {isolation}),
			memoryStrikes,
			availableMemory: availableMemory?.() ?? process.availableMemory(),
		});
		return placement === 'process' ? (openProcess ?? openSandbox) : openSandbox;
	}

	return async (record, {memoryStrikes, onDenied}) => {
		const {id, origin} = record;
		const isBundled = origin === 'bundled';
		const open = isBundled ? openWorker : transportOf(id, memoryStrikes);
		if (open === undefined || (trust === undefined && !isBundled)) {
			return {ok: false, error: failure('CWS_NOT_SUPPORTED', {message: `The plugin \`${id}\` cannot run here.`})};
		}

		const read = isBundled ? ok('') : await readBundle(record);
		if (!read.ok) {
			return read;
		}

		const code = read.value;
		const asker: Asker = {record, bundleHash: hashOf(code)};
		const missing = (await trust?.missing(asker)) ?? ok(undefined);
		if (!missing.ok) {
			return missing;
		}

		if (missing.value !== undefined) {
			return {ok: false, error: consentFailure(id, missing.value), consent: missing.value};
		}

		try {
			const granted = (await trust?.capabilities(asker, {onDenied})) ?? {};
			return {ok: true, value: {open, capabilities: {...granted, ...ownCapabilities(record)}, ...(!isBundled && {code})}};
		} catch (error) {
			return {ok: false, error: toFailure(error)};
		}
	};
}

/** The record with the hash of what lies on the disk now, for a grant. */
export async function askerOf(record: PluginRecord): Promise<Outcome<Asker>> {
	const code = record.origin === 'bundled' ? ok('') : await readBundle(record);
	return code.ok ? ok({record, bundleHash: hashOf(code.value)}) : code;
}

async function readBundle({id, directory, manifest}: PluginRecord): Promise<Outcome<string>> {
	try {
		return ok(await readFile(path.join(directory, manifest.main), 'utf8'));
	} catch (error) {
		return failed(
			failure('CWS_PLUGIN_MANIFEST', {
				message: `The code of the plugin \`${id}\`, \`${manifest.main}\`, cannot be read.`,
				cause: toFailure(error).message,
			}),
		);
	}
}

/** Of plugins that come with cws nothing is read, and the start of a verb need not wait for the library that says so. */
const hashOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const hashOf = (code: string): string => (code === '' ? hashOfNothing : createHash('sha256').update(code).digest('hex'));

const consentFailure = (id: string, {needed, isUpdate}: Consent): Failure =>
	failure('CWS_PLUGIN_CONSENT', {
		message: `The plugin \`${id}\` asks for ${needed.length} permission${needed.length === 1 ? '' : 's'} ${isUpdate ? 'more than it was granted' : 'that nobody has granted yet'}.`,
		details: {plugin: id, needed},
	});
