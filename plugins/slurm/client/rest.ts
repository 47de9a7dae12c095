import {type ClusterPlace} from '../cluster/find-clusters.ts';
import {type World} from '../config.ts';
import {isEntry, list, number, part, text} from '../read.ts';
import {type JobAction, type Question, type SlurmClient} from './client.ts';
import {ask, type HttpAnswer} from './http.ts';
import {submitBody} from './submit-body.ts';
import {readToken} from './token.ts';
import {trouble, unreadable} from './trouble.ts';

// Newest first. Slurm serves three or four of them at a time.
const versions = ['v0.0.44', 'v0.0.43', 'v0.0.42', 'v0.0.41', 'v0.0.40', 'v0.0.39', 'v0.0.38', 'v0.0.37', 'v0.0.36'];
const timeoutMs = 30_000;

/** slurmrestd with a JSON web token; the version of its API is found once, by asking for the newest first. */
export function createRest({name, config}: ClusterPlace, world: World): SlurmClient {
	const base = config.url!;
	let version = config.version;
	let release: string | undefined;
	const token = () => readToken(name, config, world);
	const user = () => config.user ?? token()?.user ?? world.env['SLURM_JWT_USER'] ?? world.user;

	const send = async (
		path: string,
		doing: string,
		signal: AbortSignal,
		more: {method?: string; body?: string} = {},
	): Promise<HttpAnswer> => {
		const jwt = token()?.value;
		try {
			return await ask({
				base,
				path,
				signal,
				timeoutMs,
				...more,
				headers: {accept: 'application/json', ...(jwt !== undefined && {'x-slurm-user-name': user(), 'x-slurm-user-token': jwt})},
			});
		} catch (error) {
			signal.throwIfAborted();
			throw trouble(doing, `connection failure: ${(error as Error).message}`, name);
		}
	};

	const read = ({status, body}: HttpAnswer, doing: string): unknown => {
		const answer = parse(body);
		const errors = errorsOf(answer);
		release = isEntry(answer)
			? (text(part(part(answer, 'meta'), 'Slurm'), 'release') ?? text(part(part(answer, 'meta'), 'slurm'), 'release') ?? release)
			: release;
		if (status === 401 || status === 403) {
			throw trouble(doing, `authentication: ${errors || 'slurmrestd refused the token'}`, name);
		}

		// A token that is not good is told as an error that nobody specified, by slurmctld.
		if (status >= 400 && /Unspecified error/.test(errors)) {
			throw trouble(doing, 'authentication: slurmctld refused the token', name);
		}

		if (status >= 400 || errors !== '') {
			throw trouble(doing, errors || `HTTP ${status}: ${body.trim().slice(0, 200)}`, name);
		}

		return answer;
	};

	const call = async (path: string, doing: string, signal: AbortSignal, more?: {method?: string; body?: string}): Promise<unknown> =>
		read(await send(`/slurm/${await apiVersion(doing, signal)}${path}`, doing, signal, more), doing);

	const apiVersion = async (doing: string, signal: AbortSignal): Promise<string> => {
		if (version !== undefined) {
			return version;
		}

		for (const candidate of versions) {
			const answer = await send(`/slurm/${candidate}/ping`, doing, signal);
			if (answer.status !== 404) {
				read(answer, doing);
				version = candidate;
				return candidate;
			}
		}

		throw trouble(doing, 'no version of its API is known here: set `version`', name);
	};

	return {
		describe: () => ['slurmrestd', version, release && `Slurm ${release}`].filter(Boolean).join(' '),
		user,
		expiresAt: () => token()?.expiresAt,
		async ask(question, signal) {
			const entries = list(await call(`/${question}`, doings[question], signal), question);
			if (entries === undefined) {
				throw unreadable(name, question);
			}

			return entries;
		},
		async ping(signal) {
			const pings = list(await call('/ping', 'be reached', signal), 'pings') ?? [];
			// A word before, true or false since.
			if (!pings.some(ping => isEntry(ping) && (ping['ping'] === 'UP' || ping['responding'] === true || ping['pinged'] === 'UP'))) {
				throw trouble('be reached', 'Unable to contact slurm controller: it does not respond', name);
			}
		},
		async submit(spec, comment, signal) {
			const doing = `take \`${spec.name}\``;
			const body = submitBody(spec, comment, await apiVersion(doing, signal), world);
			const answer = await call('/job/submit', doing, signal, {method: 'POST', body: JSON.stringify(body)});
			const id = isEntry(answer) ? (number(answer, 'job_id') ?? number(part(answer, 'result'), 'job_id')) : undefined;
			if (id === undefined) {
				throw unreadable(name, 'job ids');
			}

			return String(id);
		},
		async act(action, job, signal) {
			const doing = `${action} job ${job}`;
			const path = `/job/${encodeURIComponent(job)}`;
			if (action === 'cancel') {
				await call(path, doing, signal, {method: 'DELETE'});
				return;
			}

			const held = action === 'hold';
			await call(path, doing, signal, {method: 'POST', body: JSON.stringify(held ? {priority: 0} : {priority: releasedPriority})});
		},
		cannot: action =>
			byRest.has(action)
				? undefined
				: `slurmrestd cannot ${action} a job; the commands of Slurm can (\`plugins.slurm.clusters.${name}.bin\`)`,
	};
}

// INFINITE: slurmctld computes it anew.
const releasedPriority = 0xff_ff_ff_ff;
const byRest: ReadonlySet<JobAction> = new Set(['cancel', 'hold', 'release']);
const doings: Readonly<Record<Question, string>> = {jobs: 'list its jobs', nodes: 'list its nodes', partitions: 'list its partitions'};

function errorsOf(answer: unknown): string {
	return (list(answer, 'errors') ?? [])
		.map(error => (isEntry(error) ? [text(error, 'error'), text(error, 'description')].filter(Boolean).join(': ') : ''))
		.filter(words => words !== '' && !/^No error$/i.test(words))
		.join('; ');
}

function parse(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}
