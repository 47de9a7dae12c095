import {type CallContext} from 'cws/sdk';
import {type LocalContext} from '../../context.ts';
import {readStored} from '../../storage/records.ts';
import {observe} from '../observe.ts';
import {type WorkstationRecord} from '../record.ts';
import {type WorkstationStatus} from '../status.ts';
import {waitFor} from './wait.ts';

// Long enough for a program that cannot start to say so, short enough that nobody waits for it.
const defaultEarlyEndMs = 150;
const portMs = 15_000;

/** The state after a start: the port answers, or the command has ended, or it has lived a moment. Undefined when the port is still silent. */
export async function waitUntilSettled(
	context: LocalContext,
	{id, spec}: WorkstationRecord,
	{progress, signal}: CallContext,
): Promise<WorkstationStatus | undefined> {
	const {port} = spec;
	const {earlyEndMs = defaultEarlyEndMs} = context;
	if (port !== undefined) {
		progress({message: `waiting for port ${port}`});
	}

	const look = async () => {
		const stored = readStored(context, id);
		return typeof stored === 'object' ? (await observe(context, [stored]))[0] : undefined;
	};
	const isStarting = (status: WorkstationStatus) => status.status === 'creating' || status.status === 'pending' || status.raw === 'ending';
	const ended = await waitFor(
		async () => {
			const now = await look();
			return now === undefined || isStarting(now) || (port === undefined && now.status === 'running') ? undefined : now;
		},
		{timeoutMs: port === undefined ? earlyEndMs : portMs, signal, stepMs: 10},
	);
	return ended ?? (port === undefined ? look() : undefined);
}
