import {textAt} from '../read.ts';
import {type DockerType, isDockerType} from '../list.ts';

/** What an entry of `/events` says about a resource. */
export type EngineEvent = {
	readonly type: DockerType;
	readonly id: string;
	readonly action: string;
	/** The signal that was sent, for `kill`. */
	readonly signal?: string;
};

// Health checks run programs all the time, and looking at something changes nothing.
const quiet = /^(?:exec_|top$|attach$|detach$|resize$|copy$|export$|archive-path$|extract-to-dir$|mount$|unmount$|init$|save$)/;

/** Undefined for what changes no row. */
export function readEvent(value: unknown): EngineEvent | undefined {
	const type = textAt(value, 'Type');
	const action = textAt(value, 'Action') ?? textAt(value, 'status');
	// Podman gives a volume no id, only its name.
	const id = textAt(value, 'Actor', 'ID') ?? textAt(value, 'id') ?? textAt(value, 'Actor', 'Attributes', 'name');
	if (type === undefined || !isDockerType(type) || action === undefined || id === undefined || quiet.test(action)) {
		return undefined;
	}

	const signal = textAt(value, 'Actor', 'Attributes', 'signal');
	return {type, id, action, ...(signal !== undefined && {signal})};
}
