import {type CallContext, formatBytes} from 'cws/sdk';
import {type DockerClient} from '../client/create-client.ts';
import {refusal} from '../client/failures.ts';
import {jsonLines} from '../client/json-lines.ts';
import {type World} from '../context.ts';
import {numberAt, textAt} from '../read.ts';
import {registryAuth} from './credentials.ts';
import {type ImageName} from './name.ts';

type Layer = {readonly phase: string; readonly done: number; readonly total: number};

/** Pulls an image and tells how far its layers are. The engine stops when the call is cancelled. */
export async function pullImage(client: DockerClient, image: ImageName, world: World, {signal, progress}: CallContext): Promise<void> {
	progress({message: `pulling ${image.full}`});
	const auth = await registryAuth(world, image.registry);
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

		const state = pullProgress(layers);
		progress({...state, message: `pulling ${image.full}${state.message === '' ? '' : `: ${state.message}`}`});
	}
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
export function pullProgress(layers: ReadonlyMap<string, Layer>): {
	readonly done?: number;
	readonly total?: number;
	readonly message: string;
} {
	const all = [...layers.values()];
	const complete = all.filter(({phase}) => phase === 'Pull complete' || phase === 'Already exists').length;
	const total = all.reduce((sum, layer) => sum + layer.total, 0);
	const done = all.reduce((sum, layer) => sum + Math.min(layer.done, layer.total), 0);
	const words =
		all.length === 0 ? '' : `${complete} of ${all.length} layers${total > 0 ? `, ${formatBytes(done)} of ${formatBytes(total)}` : ''}`;
	return {...(total > 0 && {done, total}), message: words};
}
