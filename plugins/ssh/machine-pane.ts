import {formatBytes, formatDuration, type PaneCell, type PaneContext, type PaneView, providerError} from 'cws/sdk';
import {type Machine} from './hosts/machines.ts';
import {type Remembered} from './probe/due.ts';
import {type Gpu, type Probe} from './probe/parse-probe.ts';
import {type SshState} from './state.ts';

type Entry = {readonly key: string; readonly value: PaneCell};

/** What the last look said of a machine, beside its row; it dials nothing. */
export async function machinePane(state: SshState, {ref = '', signal}: PaneContext): Promise<PaneView> {
	const id = idOf(ref);
	const machine = id === undefined ? undefined : await state.machines.find(id, signal);
	if (machine === undefined) {
		throw providerError('CWS_NOT_FOUND', {message: 'There is no such machine any more.', fix: 'see ~/.ssh/config and `plugins.ssh.hosts`'});
	}

	const answer = state.answers.get(machine.name);
	return {
		kind: 'keyValue',
		entries: [
			...connectionEntries(machine, answer, state.isWarm(machine) || (answer !== undefined && 'probe' in answer)),
			...(answer !== undefined && 'probe' in answer ? machineEntries(answer.probe) : []),
		],
	};
}

/** The last part of `ssh/-/-/machine/name`. */
function idOf(ref: string): string | undefined {
	try {
		return decodeURIComponent(ref.split('/')[4] ?? '');
	} catch {
		return undefined;
	}
}

function connectionEntries({problem, resolved, isProbed}: Machine, answer: Remembered | undefined, isOpen: boolean): readonly Entry[] {
	const trouble = answer !== undefined && 'trouble' in answer ? answer.trouble : undefined;
	const isLet = answer !== undefined && 'probe' in answer;
	const login: PaneCell = isLet
		? {text: 'lets you in', tone: 'ok'}
		: trouble?.kind === 'needs login'
			? {text: 'refused', tone: 'bad'}
			: trouble?.kind === 'host key'
				? {text: 'not tried, the host key comes first', tone: 'bad'}
				: {text: 'nobody knows', tone: 'dim'};
	return [
		{key: 'looked at', value: isProbed ? 'every 15 s while it answers' : {text: 'never, you did not ask for it', tone: 'dim'}},
		...(isLet ? [{key: 'answers in', value: `${answer.latencyMs} ms`}] : []),
		...(trouble === undefined ? [] : [{key: 'trouble', value: {text: trouble.reason, tone: 'bad'} as const}]),
		...(trouble?.fix === undefined ? [] : [{key: 'fix', value: {text: trouble.fix, tone: 'accent'} as const}]),
		...(problem === undefined ? [] : [{key: 'trouble', value: {text: problem, tone: 'bad'} as const}]),
		{key: 'login', value: login},
		{key: 'connection', value: resolved?.isShared === true ? 'the one you share' : isOpen ? 'open, shared with your shells' : 'none open'},
		...(resolved !== undefined && resolved.gateway !== `${resolved.address}:${resolved.port}`
			? [{key: 'through', value: resolved.gateway}]
			: []),
	];
}

function machineEntries({system, kernel, cores, load1, uptimeMs, sessions, users = [], gpus = [], ...probe}: Probe): readonly Entry[] {
	const {memoryTotalBytes: memory, memoryAvailableBytes: available, diskTotalBytes: disk, diskUsedBytes: used} = probe;
	return [
		...optional('system', system),
		...optional('kernel', kernel),
		...optional('processors', cores),
		...optional('load', load1),
		...optional('memory', memory && available && `${formatBytes(memory - available)} of ${formatBytes(memory)}`),
		...optional('disk /', disk && used && `${formatBytes(used)} of ${formatBytes(disk)}`),
		...optional('up', uptimeMs && formatDuration(uptimeMs)),
		...(sessions === undefined ? [] : [{key: 'logged in', value: usersText(sessions, users)}]),
		...gpus.map((gpu, index) => ({key: `gpu ${index}`, value: gpuText(gpu)})),
	];
}

const optional = (key: string, value: string | number | undefined): readonly Entry[] =>
	value === undefined || value === '' ? [] : [{key, value: typeof value === 'number' ? String(value) : value}];

const usersText = (sessions: number, users: readonly string[]): PaneCell =>
	sessions === 0 ? {text: 'nobody', tone: 'dim'} : `${users.join(', ')} (${sessions} ${sessions === 1 ? 'session' : 'sessions'})`;

const gpuText = ({name, busyPercent, memoryUsedMb, memoryTotalMb}: Gpu): string =>
	[
		name,
		...(busyPercent === undefined ? [] : [`${busyPercent} % busy`]),
		...(memoryUsedMb === undefined || memoryTotalMb === undefined ? [] : [`${gb(memoryUsedMb)} of ${gb(memoryTotalMb)}`]),
	].join(' · ');

const gb = (megabytes: number): string => formatBytes(megabytes * 1024 * 1024);
