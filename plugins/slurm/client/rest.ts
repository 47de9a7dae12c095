import {type ClusterPlace} from '../cluster/find-clusters.ts';
import {type World} from '../config.ts';
import {isEntry, list, number, part} from '../read.ts';
import {errorsOf, parseJson, releaseOf} from './answer.ts';
import {type JobAction, type Question, type SlurmClient} from './client.ts';
import {createEntryReader} from './entry-reader.ts';
import {ask, type HttpAnswer, type HttpQuestion} from './http.ts';
import {submitBody} from './submit-body.ts';
import {readToken} from './token.ts';
import {trouble, unreadable} from './trouble.ts';

// Newest first. Slurm serves three or four of them at a time.
const versions = ['v0.0.45', 'v0.0.44', 'v0.0.43', 'v0.0.42', 'v0.0.41', 'v0.0.40', 'v0.0.39', 'v0.0.38', 'v0.0.37', 'v0.0.36'];
const timeoutMs = 30_000;
const quickMs = 3000;

type More = Pick<HttpQuestion, 'method' | 'body' | 'take'>;

/** slurmrestd with a JSON web token; the version of its API is found once, by asking for the newest first. */
export function createRest({name, config}: ClusterPlace, world: World): SlurmClient {
	const base = config.url!;
	let version = config.version;
	let release: string | undefined;
	const token = () => readToken(name, config, world);
	const user = () => config.user ?? token()?.user ?? world.env['SLURM_JWT_USER'] ?? world.user;

	const send = async (path: string, doing: string, signal: AbortSignal, more: More = {}): Promise<HttpAnswer> => {
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

	const read = ({status, body, tookMs}: HttpAnswer, doing: string, answer = parseJson(body)): unknown => {
		const errors = errorsOf(answer);
		release = releaseOf(answer) ?? release;
		if (status === 401 || status === 403) {
			throw trouble(doing, `authentication: ${errors || 'slurmrestd refused the token'}`, name);
		}

		// 22.05 has the same words for a token that slurmctld refuses and for a slurmctld that is away. For that one it tries for seconds.
		if (errors.startsWith('Unspecified error')) {
			throw trouble(
				doing,
				tookMs < quickMs ? 'authentication: slurmctld refused the token' : `Unable to contact slurm controller: ${errors}`,
				name,
			);
		}

		if (status >= 400 || errors !== '') {
			throw trouble(doing, errors || `HTTP ${status}: ${body.trim().slice(0, 200)}`, name);
		}

		return answer;
	};

	const call = async (path: string, doing: string, signal: AbortSignal, more?: More): Promise<unknown> =>
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
		async ask(question, take, signal) {
			const doing = doings[question];
			const reader = createEntryReader(question, take);
			const came = await send(`/slurm/${await apiVersion(doing, signal)}/${question}`, doing, signal, {take: reader.push});
			const answer = read(came, doing, came.status === 200 ? reader.end() : undefined);
			if (list(answer, question) === undefined) {
				throw unreadable(name, question);
			}
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

			await call(path, doing, signal, {method: 'POST', body: JSON.stringify({hold: action === 'hold'})});
		},
		cannot: action => (byRest.has(action) ? undefined : `slurmrestd cannot ${action} a job, only the commands of Slurm can`),
	};
}

const byRest: ReadonlySet<JobAction> = new Set(['cancel', 'hold', 'release']);
const doings: Readonly<Record<Question, string>> = {jobs: 'list its jobs', nodes: 'list its nodes', partitions: 'list its partitions'};
