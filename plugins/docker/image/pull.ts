import {type CallContext, FailureError, formatBytes, providerError} from 'cws/sdk';
import {type DockerClient} from '../client/create-client.ts';
import {type Engine} from '../client/engine.ts';
import {refusal} from '../client/failures.ts';
import {jsonLines} from '../client/json-lines.ts';
import {type World} from '../context.ts';
import {numberAt, textAt} from '../read.ts';
import {registryAuth} from './credentials.ts';
import {dockerHub, type ImageName} from './name.ts';

type Layer = {readonly phase: string; readonly done: number; readonly total: number};

/** Pulls an image and tells how far its layers are. The engine stops when the call is cancelled. */
export async function pullImage(client: DockerClient, image: ImageName, world: World, call: CallContext): Promise<void> {
	call.progress({message: `pulling ${image.full}`});
	const auth = await registryAuth(world, image.registry);
	const engine = await client.engine(call.signal);
	try {
		await pull(client, image, {engine, auth, call});
	} catch (error) {
		throw withLogin(error, image, {engine, isLoggedIn: auth !== undefined});
	}
}

type Pulling = {readonly engine: Engine; readonly auth: string | undefined; readonly call: CallContext};

async function pull(client: DockerClient, image: ImageName, {engine, auth, call: {signal, progress}}: Pulling): Promise<void> {
	const doing = `pull ${image.full}`;
	const answer = await client.stream({
		method: 'POST',
		path: '/images/create',
		query: {fromImage: image.repository, tag: image.tag},
		...(auth !== undefined && {headers: {'x-registry-auth': auth}}),
		signal,
		timeoutMs: 120_000,
		doing,
	});
	const layers = new Map<string, Layer>();
	for await (const values of jsonLines(answer)) {
		for (const value of values) {
			const problem = textAt(value, 'errorDetail', 'message') ?? textAt(value, 'error');
			if (problem !== undefined) {
				throw refusal({status: 200, message: problem}, doing, client.endpoint);
			}

			noteLayer(layers, value);
		}

		const state = pullProgress(layers, engine.kind);
		progress({...state, message: `pulling ${image.full}${state.message === '' ? '' : `: ${state.message}`}`});
	}
}

/** A registry that wants another login, with the command that gives it one. */
function withLogin(
	error: unknown,
	{registry}: ImageName,
	{engine, isLoggedIn}: {readonly engine: Engine; readonly isLoggedIn: boolean},
): unknown {
	// A failure without a status is the engine's own, not the registry's.
	if (!(error instanceof FailureError) || error.failure.code !== 'CWS_NEEDS_LOGIN' || error.failure.details?.['status'] === undefined) {
		return error;
	}

	const {message, cause, details} = error.failure;
	const command = `${engine.kind} login${registry === dockerHub ? '' : ` ${registry}`}`;
	return providerError('CWS_NEEDS_LOGIN', {
		message,
		...(cause !== undefined && {cause}),
		fix: isLoggedIn
			? `run \`${command}\` as somebody who may pull it: the login that is kept was refused`
			: `run \`${command}\` if it is private; check its name if it is not`,
		details,
	});
}

export function noteLayer(layers: Map<string, Layer>, value: unknown): void {
	const id = textAt(value, 'id');
	const phase = textAt(value, 'status');
	if (id === undefined || phase === undefined || !/^[0-9a-f]{12}$/.test(id) || layers.size > 1000) {
		return;
	}

	const before = layers.get(id) ?? {phase: '', done: 0, total: 0};
	const total = phase === 'Downloading' ? (numberAt(value, 'progressDetail', 'total') ?? before.total) : before.total;
	const isDownloaded = /^(?:Download complete|Pull complete|Already exists|Verifying|Extracting)/.test(phase);
	const done = phase === 'Downloading' ? (numberAt(value, 'progressDetail', 'current') ?? before.done) : isDownloaded ? total : before.done;
	layers.set(id, {phase, done: Math.max(0, done), total: Math.max(0, total)});
}

/** Bytes where the layers tell their size, and how many of them are there. */
export function pullProgress(
	layers: ReadonlyMap<string, Layer>,
	engine: Engine['kind'],
): {
	readonly done?: number;
	readonly total?: number;
	readonly message: string;
} {
	const all = [...layers.values()];
	const isComplete = ({phase}: Layer) => last[engine].has(phase);
	const complete = all.filter(layer => isComplete(layer)).length;
	const total = all.reduce((sum, layer) => sum + layer.total, 0);
	const done = all.reduce((sum, layer) => sum + Math.min(layer.done, layer.total), 0);
	// What the engine unpacks is here already, and no number moves meanwhile.
	const unpacking = all.some(({phase}) => phase === 'Extracting') && all.every(layer => isComplete(layer) || arrived.has(layer.phase));
	const bytes = total === 0 ? '' : unpacking ? ', unpacking' : `, ${formatBytes(inSteps(done, total))} of ${formatBytes(total)}`;
	const words = all.length === 0 ? '' : `${complete} of ${all.length} layers${bytes}`;
	return {...(total > 0 && {done, total}), message: words};
}

// In words a twentieth is enough: where they are written one below the other each change is a line.
const inSteps = (done: number, total: number): number => (Math.floor((done / total) * 20) / 20) * total;

// Podman unpacks a layer before it says that it has come.
const last: Readonly<Record<Engine['kind'], ReadonlySet<string>>> = {
	docker: new Set(['Pull complete', 'Already exists']),
	podman: new Set(['Download complete', 'Pull complete', 'Already exists']),
};
const arrived: ReadonlySet<string> = new Set(['Extracting', 'Verifying Checksum', 'Download complete']);
