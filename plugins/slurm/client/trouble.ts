import {type ErrorCode, providerError} from 'cws/sdk';

type Kind = {readonly code: ErrorCode; readonly pattern: RegExp; readonly fix: string; readonly retryable?: boolean};

// The words of Slurm's own errors, which the commands print and slurmrestd passes on.
const kinds: readonly Kind[] = [
	{
		code: 'CWS_PROVIDER_UNAVAILABLE',
		pattern:
			/unable to contact slurm|connect(ion)? (failure|refused|reset)|zero bytes|socket timed out|ECONN|ETIMEDOUT|ENOENT .*\.sock|EHOSTUNREACH|communication|(slurmctld|controller).*(down|not respond)|backup.*standby/i,
		fix: 'see `scontrol ping`; it is asked again by itself',
		retryable: true,
	},
	{
		code: 'CWS_NEEDS_LOGIN',
		pattern: /authenticat|munge|expired|jwt|credential|\b401\b/i,
		fix: 'get a new token (`scontrol token`), or start munge',
	},
	{
		code: 'CWS_NOT_FOUND',
		pattern: /invalid job id|unable to find job|unexpected message received/i,
		fix: 'see `cws list --provider slurm`',
	},
	{
		code: 'CWS_DENIED',
		pattern: /access\/permission denied|permission denied|not permitted|must be run by|access denied/i,
		fix: 'only its owner and the operators of the cluster may do that',
	},
	{
		code: 'CWS_THROTTLED',
		pattern: /rate limit|too many requests|limit exceeded, retry|\b429\b|temporarily unable to accept/i,
		fix: 'wait a moment; fewer are asked from now on',
		retryable: true,
	},
	{
		code: 'CWS_INVALID_INPUT',
		pattern:
			/invalid (partition|account|qos|generic resource|feature|time|node|array|job array|dependency|job credential|wckey|script)|node configuration is not available|memory specification|dependency problem|node count specification|more processors requested|batch script|violates accounting|exceeds? |unable to open file|invalid --|unrecognized option/i,
		fix: 'change the form; `cws list --provider slurm` shows what there is',
	},
	{
		code: 'CWS_INVALID_STATE',
		pattern:
			/job is pending|already (completing|finished|complete)|no longer pending|not running|requested operation is presently disabled|transition|job\/step already|is not suspended|is already|held state|not requeueable|only batch jobs/i,
		fix: 'refresh, and see its state',
	},
];

const asKept = (text: string): string =>
	text
		.replaceAll(/^(?:sbatch|squeue|sinfo|scancel|scontrol|srun|sstat|slurm_\w+):? (?:fatal|error)?:? */gim, '')
		.split('\n')
		.findLast(line => line.trim() !== '' && !line.startsWith('Try "'))
		?.trim()
		.slice(0, 400) ?? '';

/** What the words of a failure mean. */
export function trouble(doing: string, words: string, cluster: string, details?: Readonly<Record<string, unknown>>): Error {
	const kind = kinds.find(({pattern}) => pattern.test(words));
	const cause = asKept(words);
	return providerError(kind?.code ?? 'CWS_PROVIDER_FAILED', {
		message: `\`${cluster}\` could not ${doing}.`,
		...(cause !== '' && {cause}),
		fix: kind?.fix ?? 'see `scontrol ping` and the log of slurmctld',
		...(kind?.retryable && {retryable: true}),
		...(details && {details}),
	});
}

export const unreadable = (cluster: string, what: string): Error =>
	providerError('CWS_PROVIDER_FAILED', {
		message: `\`${cluster}\` answered with no list of ${what}.`,
		cause: 'what came is not what Slurm writes',
		fix: 'see whether `squeue --json` works there; Slurm 21.08 and newer can',
	});
