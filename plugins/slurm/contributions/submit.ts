import {randomUUID} from 'node:crypto';
import {basename} from 'node:path';
import {
	type CallContext,
	type CommandInput,
	type CommandOutput,
	type DeploySpec,
	type EndpointRequest,
	type EndpointResponse,
	providerError,
} from 'cws/sdk';
import {clusterNameOf} from '../cluster-of.ts';
import {writeComment} from '../job/comment.ts';
import {directivesOf} from '../job/directives.ts';
import {resolveJob} from '../job/job-spec.ts';
import {isEntry, text} from '../read.ts';
import {type SlurmState} from '../state.ts';

/** `cws slurm submit train.sh --partition gpu`: as sbatch does it, names may be used again. */
export async function submit(state: SlurmState, {args, flags}: CommandInput, call: CallContext): Promise<CommandOutput> {
	const [file, ...more] = args;
	if (file === undefined || more.length > 0) {
		throw providerError('CWS_USAGE', {
			message: file === undefined ? 'There is no script to submit.' : 'One script is submitted at a time.',
			fix: 'run `cws slurm submit SCRIPT --partition NAME`',
		});
	}

	const {name, ...fields} = Object.fromEntries(Object.entries(flags).filter(([flag, value]) => jobFlags.has(flag) && value !== ''));
	const spec: DeploySpec = {type: 'job', name: typeof name === 'string' ? name : '', fields: {...fields, file}, token: randomUUID()};
	const {id, cluster} = await submitSpec(state, spec, call);
	return {text: `Submitted batch job ${id} to ${cluster}`, data: {id, cluster}};
}

// Other flags of the line are cws's own.
const jobFlags: ReadonlySet<string> = new Set([
	'name',
	'partition',
	'nodes',
	'tasksPerNode',
	'cpusPerTask',
	'time',
	'memory',
	'gpus',
	'array',
	'dependency',
	'account',
	'qos',
	'directory',
	'output',
	'cluster',
]);

/** `POST /jobs`: the fields of the form, with `name`, and `token` where the caller may repeat it. */
export async function submitJob(state: SlurmState, {body}: EndpointRequest, call: CallContext): Promise<EndpointResponse> {
	if (!isEntry(body)) {
		return {status: 400, body: {code: 'CWS_INVALID_INPUT', message: 'The body is not an object of fields.'}};
	}

	const {name: _name, token: _token, file, ...fields} = body;
	if (file !== undefined) {
		// A path of the server is none of the caller's business.
		return {status: 400, body: {code: 'CWS_INVALID_INPUT', message: 'Give the text of the script in `script`.'}};
	}

	const spec: DeploySpec = {type: 'job', name: text(body, 'name') ?? '', fields, token: text(body, 'token') ?? randomUUID()};
	const {id, cluster} = await submitSpec(state, spec, call);
	return {status: 201, headers: {location: `/jobs/${id}`}, body: {id, cluster}};
}

async function submitSpec(state: SlurmState, spec: DeploySpec, {signal, progress}: CallContext): Promise<{id: string; cluster: string}> {
	const cluster = state.clusterOf(clusterNameOf(spec));
	const job = resolveJob({...spec, name: spec.name === '' ? nameOf(spec, state) : spec.name}, state.world);
	progress({message: `submitting to ${cluster.name}`});
	try {
		return {id: await cluster.client.submit(job, writeComment(spec.token, spec.tags), signal), cluster: cluster.name};
	} finally {
		cluster.reader.changed();
	}
}

/** The script's own `--job-name` wins over the name of its file, as with sbatch. */
function nameOf(spec: DeploySpec, {world}: SlurmState): string {
	const {script} = resolveJob({...spec, name: 'job'}, world);
	const own = directivesOf(script)
		.map(line => /^(?:--job-name[= ]|-J ?)["']?([^"'\s]+)/.exec(line)?.[1])
		.find(name => name !== undefined);
	const file = spec.fields['file'];
	return own ?? (typeof file === 'string' ? basename(file) : 'job');
}
