import {spawn} from 'node:child_process';
import {type Writable} from 'node:stream';

/** Resets the terminal when we are killed in a way nothing inside us can catch. */
export type TerminalGuard = {
	/** The terminal is a child's now, or left already: our death changes nothing on it. */
	readonly disarm: () => void;
	readonly arm: () => void;
};

/**
A shell in a session of its own that waits on a pipe. Each line it reads is what our death means from then on; when the pipe
closes while it is armed, it undoes what the dashboard switched on. It ends with us in any case, and no signal of the terminal reaches it.

Escapes first, for they need no further process and the person's shell may print its prompt at once. Modes only when signals are still
off, as raw mode leaves them: a shell that has the terminal back has set its own by then. They are set one by one and not from a copy
of before, which would cost a process before the first frame.
*/
const script = String.raw`
cd /
trap '' HUP INT QUIT TERM TSTP TTIN TTOU PIPE
state=armed
while read -r line <&3; do state=$line; done
[ "$state" = armed ] || exit 0
printf '\033[?2004l\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?2026l\033[?1049l\033[?25h\033[0m\r\033[Kcws was killed; the terminal is reset.\n'
case "$(stty -a)" in *-isig*) stty brkint icrnl ixon opost onlcr isig icanon iexten echo echoe echok ;; esac
`;

/** Starts the guard on our own stdin and stdout, armed. Costs a process start: call it after the first frame. */
export function startGuard(): TerminalGuard {
	// Its own session keeps ctrl+c, ctrl+z and a `kill` of the group away from it; the inherited descriptors still reach the terminal.
	const guard = spawn('/bin/sh', ['-c', script], {stdio: ['inherit', 'inherit', 'ignore', 'pipe'], detached: true});
	const pipe = guard.stdio[3] as Writable & {readonly unref?: () => void};
	// Without a guard everything works but this one service.
	guard.on('error', () => {});
	pipe.on('error', () => {});
	guard.unref();
	pipe.unref?.();
	return {
		disarm() {
			pipe.write('idle\n');
		},
		arm() {
			pipe.write('armed\n');
		},
	};
}
