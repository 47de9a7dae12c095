import {type FsPermission, type PermissionSet} from '../../core/manifest/permissions.ts';
import {parseGrantedPath, type PathRoots, relativeSegments, resolveGrantedPath} from '../../core/permissions/path.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type FileRoot, type FilesPort} from '../../core/ports/plugin-ports.ts';
import {type Capabilities, type ChunkBody} from './capability.ts';
import {chunkBody} from './chunk-body.ts';
import {type BrokerLimits} from './limits.ts';
import {createAllowance} from './pace.ts';
import {readBytes, readText} from './read-arguments.ts';
import {denied, overQuota} from './refusals.ts';

export type FileOptions = {
	readonly plugin: string;
	readonly granted: PermissionSet;
	readonly files: FilesPort;
	readonly roots: PathRoots;
	readonly clock: Pick<Clock, 'monotonic'>;
	readonly limits: BrokerLimits;
};

type Handle = {readonly root: FileRoot; readonly mayWrite: boolean};

const hourMs = 3_600_000;

/** `fs.read`, `fs.write` and `fs.list`: below a granted entry, named by its id or its place in the list; `data` is the plugin's own folder. */
export function createGrantedFiles({plugin, granted, files, roots, clock, limits}: FileOptions): Capabilities {
	const handles = new Map<string, Handle>([['data', {root: {path: roots.pluginData, own: roots.pluginData}, mayWrite: true}]]);
	const written = createAllowance({clock, limit: limits.writtenPerHour, windowMs: hourMs});
	for (const [index, entry] of (granted.fs ?? []).entries()) {
		const handle = handleOf(entry, roots);
		if (handle !== undefined) {
			handles.set(entry.id ?? String(index), handle);
		}
	}

	const own = createRoom({plugin, files, root: {path: roots.pluginData, own: roots.pluginData}, clock, limits});

	function find(args: readonly unknown[]): Handle & {readonly segments: readonly string[]} {
		const id = readText(args[0], 'id', 100);
		const handle = handles.get(id);
		if (handle === undefined) {
			throw denied(`\`${plugin}\` has no folder or file \`${id}\`.`);
		}

		const path = args[1] === undefined || args[1] === null ? '' : readText(args[1], 'path', 4096);
		const segments = relativeSegments(path);
		if (segments === undefined) {
			throw denied(`\`${plugin}\` may not leave \`${id}\`.`, `\`${path}\` is no plain path below it`);
		}

		return {...handle, segments};
	}

	async function* read(args: readonly unknown[]): AsyncGenerator<ChunkBody> {
		const {root, segments} = find(args);
		yield* chunkBody(await files.read(root, segments, limits.fileBytes), text => text, limits.itemLength);
	}

	async function write(args: readonly unknown[]): Promise<null> {
		const {root, segments, mayWrite} = find(args);
		if (!mayWrite) {
			throw denied(`\`${plugin}\` may read \`${String(args[0])}\`, not change it.`);
		}

		const content = readBytes(args[2], 'text', limits.fileBytes);
		const isOwn = root.path === root.own || root.path.startsWith(`${root.own}/`);
		if (isOwn) {
			await own.make(content.byteLength);
		}

		if (!written.take(content.byteLength)) {
			throw overQuota(`\`${plugin}\` wrote too much in the last hour.`, `more than ${limits.writtenPerHour} bytes`);
		}

		await files.write(root, segments, content);
		return null;
	}

	return {
		'fs.read': read,
		'fs.write': write,
		'fs.list': async args => {
			const {root, segments} = find(args);
			return files.list(root, segments);
		},
	};
}

const countedMs = 60_000;

/** Whether there is room in the plugin's own folder. Counted once a minute at most, and when it seems full; what is written meanwhile is added. */
function createRoom({
	plugin,
	files,
	root,
	clock,
	limits,
}: Pick<FileOptions, 'plugin' | 'files' | 'clock' | 'limits'> & {readonly root: FileRoot}) {
	let counted: {readonly at: number; bytes: number} | undefined;
	const count = async () => (counted = {at: clock.monotonic(), bytes: await files.size(root)});
	return {
		async make(bytes: number): Promise<void> {
			let now = counted === undefined || clock.monotonic() - counted.at >= countedMs ? await count() : counted;
			if (now.bytes + bytes > limits.folderBytes) {
				now = await count();
			}

			if (now.bytes + bytes > limits.folderBytes) {
				throw overQuota(`The folder of \`${plugin}\` is full.`, `it may hold ${limits.folderBytes} bytes`, false);
			}

			now.bytes += bytes;
		},
	};
}

function handleOf({path, access}: FsPermission, roots: PathRoots): Handle | undefined {
	const granted = parseGrantedPath(path);
	return granted && {root: {path: resolveGrantedPath(granted, roots), own: roots.pluginData}, mayWrite: access === 'write'};
}
