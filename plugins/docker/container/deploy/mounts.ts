import {posix} from 'node:path';
import {invalid} from './fields.ts';

export type Mount = {
	readonly type: 'bind' | 'volume' | 'tmpfs';
	/** A path of the engine's machine, or the name of a volume; absent for a volume without a name and for memory. */
	readonly source?: string;
	readonly target: string;
	readonly isReadOnly: boolean;
};

const volumeName = /^[a-zA-Z0-9][\w.-]{0,254}$/;

/** `data:/var/lib/data`, `/srv/www:/www:ro`, `tmpfs:/run`, or `/cache` for a volume without a name. */
export function parseMount(text: string): Mount {
	const parts = text.split(':');
	const isReadOnly = parts.at(-1) === 'ro';
	const [source, target, ...rest] = isReadOnly || parts.at(-1) === 'rw' ? parts.slice(0, -1) : parts;
	const inside = target ?? source ?? '';
	if (rest.length > 0 || !isPath(inside) || posix.normalize(inside) === '/') {
		throw bad(text);
	}

	if (target === undefined) {
		return {type: 'volume', target: inside, isReadOnly};
	}

	if (source === 'tmpfs') {
		return {type: 'tmpfs', target: inside, isReadOnly};
	}

	if (isPath(source!)) {
		return {type: 'bind', source: source!, target: inside, isReadOnly};
	}

	if (!volumeName.test(source!)) {
		throw bad(text);
	}

	return {type: 'volume', source: source!, target: inside, isReadOnly};
}

const isPath = (text: string): boolean => text.startsWith('/') && text.length <= 4096 && !text.includes('\n');

const bad = (text: string): Error =>
	invalid('mounts', `\`${text}\` is not a mount.`, 'write it as VOLUME:/PATH or /HERE:/THERE, with `:ro` at the end for reading only');

export const formatMount = ({type, source, target, isReadOnly}: Mount): string =>
	`${type === 'tmpfs' ? 'memory' : (source ?? 'a new volume')} → ${target}${isReadOnly ? ' (read-only)' : ''}`;
