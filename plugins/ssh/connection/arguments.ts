import {type Machine} from '../hosts/machines.ts';

export type SshOptions = {
	readonly configFile?: string;
	readonly connectSeconds: number;
	readonly keepSeconds: number;
	/** Path of the shared connection. */
	readonly socket: string;
};

/**
The words before the remote command. Host keys are checked as the person set it, never less; the connection is shared and outlives
the call by `keepSeconds`, unless the person shares connections to this machine already.
*/
export function sshArguments(machine: Machine, options: SshOptions, mode: 'batch' | 'interactive'): readonly string[] {
	const {config, resolved} = machine;
	return [
		...configFileArguments(options.configFile),
		...(resolved?.isShared === true
			? []
			: [
					...setting('ControlMaster', 'auto'),
					...setting('ControlPath', options.socket),
					...setting('ControlPersist', String(options.keepSeconds)),
				]),
		...setting('ConnectTimeout', String(options.connectSeconds)),
		...setting('ServerAliveInterval', '5'),
		...setting('ServerAliveCountMax', '2'),
		...(mode === 'batch' ? [...batchSettings, '-T'] : []),
		...(config?.address === undefined ? [] : setting('HostName', config.address)),
		...(config?.user === undefined ? [] : setting('User', config.user)),
		...(config?.port === undefined ? [] : setting('Port', String(config.port))),
	];
}

export const configFileArguments = (file: string | undefined): readonly string[] => (file === undefined ? [] : ['-F', file]);

// Nothing may ask, and nothing of the person's own sessions (a tunnel, a command) may come with it.
const batchSettings = ['BatchMode=yes', 'RemoteCommand=none', 'ClearAllForwardings=yes'].flatMap(option => ['-o', option]);

const setting = (name: string, value: string): readonly string[] => ['-o', `${name}=${value}`];
