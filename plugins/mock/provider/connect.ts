import {type Connection, providerError, type ResourceTarget} from 'cws/sdk';
import {type MockContext} from './context.ts';

// Nothing a person types here may reach the machine cws runs on, so it is no shell, only a loop that knows some words.
const fakeShell = `
name=$1
shift
if [ $# -gt 0 ]; then printf 'demo: %s would run: %s\\n' "$name" "$*"; exit 0; fi
printf 'This is a demo: %s is not a real machine, and nothing you type here is run.\\n' "$name"
printf 'It knows: help, hostname, whoami, uptime, ls, echo, exit.\\n'
while printf '%s$ ' "$name" && read -r word rest; do
	case $word in
		exit|logout) exit 0 ;;
		'') ;;
		hostname) printf '%s\\n' "$name" ;;
		whoami) echo researcher ;;
		uptime) echo ' 10:24:02 up 12 days, load average: 0.42, 0.40, 0.37' ;;
		ls) echo 'checkpoints  data  notebooks  train.py' ;;
		echo) printf '%s\\n' "$rest" ;;
		help) echo 'help, hostname, whoami, uptime, ls, echo, exit' ;;
		*) printf 'demo: %s: not run\\n' "$word" ;;
	esac
done
`;

/** A pretended shell in a real terminal. */
export async function connect(
	{world, timing, faults}: MockContext,
	target: ResourceTarget,
	command: readonly string[],
	signal: AbortSignal,
): Promise<Connection> {
	await timing.roundTrip(signal);
	faults.beforeCall(target.provider);
	const resource = world.get(target);
	if (resource === undefined) {
		throw providerError('CWS_NOT_FOUND', {message: `\`${target.provider}\` has no ${target.type} \`${target.name}\` any more.`});
	}

	if (resource.status !== 'running') {
		throw providerError('CWS_INVALID_STATE', {
			message: `\`${target.name}\` is ${resource.status}, so nothing answers there.`,
			fix: 'start it first',
		});
	}

	return {kind: 'exec', command: 'sh', args: ['-c', fakeShell, 'demo', target.name, ...command], title: `demo shell on ${target.name}`};
}
