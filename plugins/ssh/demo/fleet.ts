import {type HostConfig} from '../config.ts';

/** A machine of the recording: where it is, what it prints when it is looked at, and what is the matter with it. */
export type DemoMachine = {
	readonly host: HostConfig;
	readonly user: string;
	/** Dialled first. */
	readonly jump?: string;
	readonly trouble?: 'away' | 'host key' | 'login';
	/** How long an answer takes. */
	readonly answerMs: number;
	readonly days: number;
	readonly system: string;
	readonly kernel: string;
	readonly cores: number;
	readonly memoryGb: number;
	readonly usedGb: number;
	readonly diskGb: number;
	readonly diskUsedGb: number;
	readonly load: number;
	/** Of all cores, in percent; absent where the system does not say. */
	readonly busyPercent?: number;
	readonly users: readonly string[];
	readonly sessions: number;
	/** As nvidia-smi prints them: name, busy percent, memory used and there is, in MB. */
	readonly gpus?: readonly string[];
	readonly log: readonly string[];
};

const debian = {system: 'Debian GNU/Linux 13 (trixie)', kernel: 'Linux 6.12.48+deb13-amd64 x86_64'};
const ubuntu = {system: 'Ubuntu 24.04.3 LTS', kernel: 'Linux 6.8.0-85-generic x86_64'};
const quiet = {users: [], sessions: 0, busyPercent: 1, load: 0.1} as const;

/** Addresses and names are of those that documents may use; nobody has them. */
export const demoMachines: readonly DemoMachine[] = [
	{
		host: {
			name: 'gpu-1',
			address: '192.0.2.21',
			tags: {team: 'vision', room: 'B12'},
			ratePerHour: 14.2,
			stopCommand: 'sudo poweroff',
			restartCommand: 'sudo reboot',
			startCommand: 'ipmitool -H bmc-gpu-1 -U admin -f ~/.bmc power on',
			logFile: '/var/log/train.log',
		},
		user: 'rosalind',
		answerMs: 24,
		days: 41.3,
		...ubuntu,
		cores: 128,
		memoryGb: 2048,
		usedGb: 811,
		diskGb: 7000,
		diskUsedGb: 5180,
		load: 61.4,
		busyPercent: 46,
		users: ['rosalind', 'ada'],
		sessions: 3,
		gpus: ['97, 71214', '98, 71214', '96, 71190', '97, 71214', '0, 4', '0, 4', '34, 20480', '0, 4'].map(
			figures => `NVIDIA A100-SXM4-80GB, ${figures}, 81920`,
		),
		log: ['resuming from checkpoint 118', 'epoch 119: loss 0.4127, 8.1 samples/s', 'epoch 120: loss 0.4119, 8.2 samples/s'],
	},
	{
		host: {name: 'gpu-2', address: '10.20.0.22', tags: {team: 'vision', room: 'B12'}, ratePerHour: 4.1, stopCommand: 'sudo poweroff'},
		user: 'rosalind',
		jump: 'gate.lab.example.org',
		answerMs: 61,
		days: 12.8,
		...ubuntu,
		cores: 64,
		memoryGb: 512,
		usedGb: 96,
		diskGb: 3800,
		diskUsedGb: 1210,
		load: 3.7,
		busyPercent: 6,
		users: ['emmy'],
		sessions: 1,
		gpus: ['12, 9120', '0, 3', '0, 3', '0, 3'].map(figures => `NVIDIA L40S, ${figures}, 46068`),
		log: ['systemd[1]: Started nvidia-persistenced.service', 'sshd[2217]: Accepted publickey for emmy'],
	},
	{
		host: {name: 'login', address: 'login.lab.example.org', tags: {team: 'platform'}},
		user: 'ada',
		answerMs: 33,
		days: 203.6,
		...debian,
		cores: 32,
		memoryGb: 256,
		usedGb: 171,
		diskGb: 900,
		diskUsedGb: 640,
		load: 38.2,
		busyPercent: 92,
		users: ['ada', 'alan', 'barbara', 'emmy', 'grace', 'jürgen', 'katherine', 'rosalind'],
		sessions: 19,
		log: ['sshd[90112]: Accepted publickey for barbara', 'kernel: TCP: request_sock_TCP: Possible SYN flooding on port 22'],
	},
	{
		host: {name: 'storage-1', address: '192.0.2.40', tags: {team: 'platform', backup: 'nightly'}, ratePerHour: 0.9},
		user: 'katherine',
		answerMs: 18,
		days: 388,
		...debian,
		...quiet,
		cores: 16,
		memoryGb: 128,
		usedGb: 22,
		diskGb: 96_000,
		diskUsedGb: 93_400,
		load: 2.2,
		busyPercent: 7,
		log: ['smartd[812]: Device: /dev/sdf, 8 Currently unreadable (pending) sectors', 'zed[901]: pool tank is 97% full'],
	},
	{
		host: {
			name: 'nas',
			address: '192.0.2.60',
			mac: '00:00:5e:00:53:2a',
			broadcast: '192.0.2.255',
			stopCommand: 'sudo poweroff',
			ratePerHour: 0.02,
			stoppedRatePerHour: 0,
			tags: {place: 'home'},
		},
		user: 'ada',
		trouble: 'away',
		answerMs: 900,
		days: 0.01,
		...debian,
		...quiet,
		cores: 4,
		memoryGb: 16,
		usedGb: 2,
		diskGb: 16_000,
		diskUsedGb: 9100,
		log: ['systemd[1]: Reached target Multi-User System.'],
	},
	{
		host: {name: 'build-mac', address: '192.0.2.71', tags: {team: 'platform'}},
		user: 'ci',
		answerMs: 44,
		days: 9.1,
		system: 'macOS 15.6',
		kernel: 'Darwin 24.6.0 arm64',
		cores: 12,
		memoryGb: 64,
		usedGb: 0,
		diskGb: 994,
		diskUsedGb: 603,
		load: 4.9,
		users: ['ci'],
		sessions: 1,
		log: ['xcodebuild: Build Succeeded'],
	},
	{
		host: {name: 'edge-7', address: '198.51.100.7', tags: {site: 'harbour'}},
		user: 'ops',
		trouble: 'away',
		answerMs: 1500,
		days: 0,
		...debian,
		...quiet,
		cores: 4,
		memoryGb: 8,
		usedGb: 1,
		diskGb: 60,
		diskUsedGb: 12,
		log: [],
	},
	{
		host: {name: 'reinstalled', address: '192.0.2.88', tags: {team: 'climate'}},
		user: 'emmy',
		trouble: 'host key',
		answerMs: 21,
		days: 0.2,
		...debian,
		...quiet,
		cores: 8,
		memoryGb: 32,
		usedGb: 1,
		diskGb: 450,
		diskUsedGb: 9,
		log: [],
	},
	{
		host: {name: 'old-pi', address: '198.51.100.31', tags: {site: 'greenhouse'}},
		user: 'pi',
		trouble: 'login',
		answerMs: 210,
		days: 700,
		...debian,
		...quiet,
		cores: 4,
		memoryGb: 1,
		usedGb: 0.4,
		diskGb: 30,
		diskUsedGb: 11,
		log: [],
	},
];
