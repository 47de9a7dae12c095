import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {type Death} from '../../../../source/host/supervisor/death.ts';
import {type AttackName} from './attack-list.ts';

/** How a host took an attack. It is there only when its process lived through it. */
export type AttackReport = {
	/** What the last call came to: `ok` or the code of its failure. */
	readonly outcome: string;
	readonly deaths: readonly Death[];
	/** How many plugins were warned about. */
	readonly hogs: number;
	readonly zombies: number;
	/** From the first call to the end of the plugin. */
	readonly tookMs: number;
	readonly longestGapMs: number;
	readonly medianLateMs: number;
	readonly peakMb: number;
};

const script = fileURLToPath(new URL('run-attack.ts', import.meta.url));
const register = fileURLToPath(new URL('../../../helpers/register.ts', import.meta.url));

/** Lets a child process be attacked. Rejects when that process dies of it, or does not end in a minute. */
export function runAttack(name: AttackName): Promise<AttackReport> {
	return new Promise((resolve, reject) => {
		execFile(
			process.execPath,
			['--no-warnings', '--import', register, script, name],
			{timeout: 60_000, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024},
			(error, stdout, stderr) => {
				const line = stdout.trim().split('\n').at(-1) ?? '';
				if (line.startsWith('{')) {
					resolve(JSON.parse(line) as AttackReport);
				} else {
					reject(new Error(`the process under \`${name}\` ended by ${error?.signal ?? error?.code}: ${stderr.slice(-2000)}`));
				}
			},
		);
	});
}
