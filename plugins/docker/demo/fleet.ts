import {type Endpoint} from '../endpoint/endpoint.ts';

/** A container of the recording. Times are hours before the demo began. */
export type DemoContainer = {
	readonly name: string;
	readonly image: string;
	readonly state: 'created' | 'running' | 'paused' | 'exited';
	readonly madeHours: number;
	/** Since it is in its state. */
	readonly sinceHours?: number;
	readonly exitCode?: number;
	readonly isOutOfMemory?: boolean;
	readonly health?: 'healthy' | 'unhealthy' | 'starting';
	/** Inside to outside. */
	readonly ports?: Readonly<Record<number, number>>;
	/** Volume to path. */
	readonly volumes?: Readonly<Record<string, string>>;
	readonly cpuPercent?: number;
	readonly memoryMb?: number;
	readonly limitMb?: number;
	readonly restart?: string;
	readonly labels?: Readonly<Record<string, string>>;
	/** What it says, again and again. */
	readonly says?: readonly string[];
};

export type DemoImage = {readonly name: string; readonly megabytes: number; readonly madeHours: number};

export type DemoVolume = {readonly name: string; readonly madeHours: number};

export type DemoEngine = {
	readonly endpoint: Endpoint;
	readonly kind: 'docker' | 'podman';
	readonly version: string;
	readonly apiVersion: string;
	/** It does not answer. */
	readonly isSilent?: boolean;
	readonly containers: readonly DemoContainer[];
	readonly images: readonly DemoImage[];
	readonly volumes: readonly DemoVolume[];
};

const day = 24;
const shop = {'com.docker.compose.project': 'shop'};

const requests = [
	'GET /products 200 12ms',
	'GET /cart 200 8ms',
	'POST /orders 201 41ms',
	'GET /healthz 200 1ms',
	'GET /products/81 404 3ms',
];

/** A laptop with Docker, its rootless Podman, a shared machine with graphics cards over ssh, and one that is off. Nobody's machines. */
export const demoEngines: readonly DemoEngine[] = [
	{
		endpoint: {account: 'desktop', address: {kind: 'unix', path: '/var/run/docker.sock'}, from: 'the recording', isAskedFor: true},
		kind: 'docker',
		version: '27.3.1',
		apiVersion: '1.47',
		containers: [
			{
				name: 'shop-web-1',
				image: 'nginx:1.29',
				state: 'running',
				madeHours: 6 * day,
				health: 'healthy',
				ports: {80: 8080, 443: 8443},
				cpuPercent: 3,
				memoryMb: 24,
				restart: 'unless-stopped',
				labels: shop,
				says: requests,
			},
			{
				name: 'shop-api-1',
				image: 'ghcr.io/example/shop-api:4.12',
				state: 'running',
				madeHours: 6 * day,
				sinceHours: 2,
				health: 'unhealthy',
				ports: {3000: 3000},
				cpuPercent: 87,
				memoryMb: 490,
				limitMb: 512,
				restart: 'unless-stopped',
				labels: shop,
				says: [
					'heap 471 MB of 512 MB',
					'warning: the queue has 918 entries',
					'GET /healthz 503 2004ms',
					'retrying the connection to db:5432',
				],
			},
			{
				name: 'shop-db-1',
				image: 'postgres:18',
				state: 'running',
				madeHours: 40 * day,
				health: 'healthy',
				ports: {5432: 5432},
				volumes: {'shop-data': '/var/lib/postgresql/data'},
				cpuPercent: 11,
				memoryMb: 310,
				limitMb: 2048,
				restart: 'always',
				labels: shop,
				says: [
					'LOG:  checkpoint starting: time',
					'LOG:  checkpoint complete: wrote 128 buffers (0.8%)',
					'LOG:  automatic vacuum of table "shop.orders"',
				],
			},
			{
				name: 'shop-import-1',
				image: 'ghcr.io/example/shop-api:4.12',
				state: 'exited',
				madeHours: 30,
				sinceHours: 29,
				exitCode: 137,
				isOutOfMemory: true,
				limitMb: 256,
				labels: shop,
				says: ['read 10000 rows', 'read 20000 rows', 'read 30000 rows'],
			},
			{name: 'scratch', image: 'debian:trixie', state: 'paused', madeHours: 3 * day, sinceHours: day, memoryMb: 6},
			{name: 'migrate-2024', image: 'postgres:14', state: 'exited', madeHours: 400 * day, sinceHours: 399 * day, exitCode: 0},
		],
		images: [
			{name: 'nginx:1.29', megabytes: 192, madeHours: 20 * day},
			{name: 'ghcr.io/example/shop-api:4.12', megabytes: 412, madeHours: 7 * day},
			{name: 'ghcr.io/example/shop-api:4.11', megabytes: 409, madeHours: 31 * day},
			{name: 'postgres:18', megabytes: 451, madeHours: 45 * day},
			{name: 'postgres:14', megabytes: 425, madeHours: 500 * day},
			{name: 'debian:trixie', megabytes: 117, madeHours: 12 * day},
		],
		volumes: [
			{name: 'shop-data', madeHours: 40 * day},
			{name: 'old-wiki-data', madeHours: 700 * day},
		],
	},
	{
		endpoint: {
			account: 'podman',
			address: {kind: 'unix', path: '/run/user/1000/podman/podman.sock'},
			from: 'the recording',
			isAskedFor: false,
		},
		kind: 'podman',
		version: '5.4.2',
		apiVersion: '1.41',
		containers: [
			{
				name: 'notes',
				image: 'quay.io/example/notes:2',
				state: 'running',
				madeHours: 11 * day,
				ports: {8000: 8000},
				volumes: {notes: '/data'},
				cpuPercent: 0.4,
				memoryMb: 38,
				says: ['saved notes/2026-01-14.md', 'indexed 311 notes'],
			},
			{name: 'build-cache', image: 'docker.io/library/registry:3', state: 'exited', madeHours: 9 * day, sinceHours: 8 * day, exitCode: 2},
		],
		images: [
			{name: 'quay.io/example/notes:2', megabytes: 88, madeHours: 14 * day},
			{name: 'docker.io/library/registry:3', megabytes: 58, madeHours: 60 * day},
		],
		volumes: [{name: 'notes', madeHours: 11 * day}],
	},
	{
		endpoint: {
			account: 'gpu-box',
			address: {kind: 'ssh', host: 'gpu-box.example', user: 'ada'},
			from: 'the recording',
			isAskedFor: true,
			ratePerHour: 1.85,
		},
		kind: 'docker',
		version: '28.0.4',
		apiVersion: '1.47',
		containers: [
			{
				name: 'train-ada',
				image: 'pytorch/pytorch:2.9-cuda12',
				state: 'running',
				madeHours: 9,
				volumes: {'ada-checkpoints': '/checkpoints'},
				cpuPercent: 640,
				memoryMb: 51_200,
				limitMb: 131_072,
				labels: {owner: 'ada'},
				says: [
					'epoch 41 step 1200 loss 0.0912',
					'epoch 41 step 1300 loss 0.0907',
					'epoch 41 step 1400 loss 0.0899',
					'saved /checkpoints/last.pt',
				],
			},
			{
				name: 'jupyter-grace',
				image: 'jupyter/scipy-notebook:2025-10',
				state: 'running',
				madeHours: 16 * day,
				ports: {8888: 8888},
				cpuPercent: 0.3,
				memoryMb: 1900,
				labels: {owner: 'grace'},
				says: ['[I] Kernel idle for 372 hours', '[I] Saving file at /thesis.ipynb'],
			},
		],
		images: [
			{name: 'pytorch/pytorch:2.9-cuda12', megabytes: 8120, madeHours: 30 * day},
			{name: 'jupyter/scipy-notebook:2025-10', megabytes: 4270, madeHours: 50 * day},
		],
		volumes: [{name: 'ada-checkpoints', madeHours: 90 * day}],
	},
	{
		endpoint: {
			account: 'build-farm',
			address: {kind: 'tcp', host: 'build-farm.example', port: 2376, tls: {isVerified: true}},
			from: 'the recording',
			isAskedFor: true,
		},
		kind: 'docker',
		version: '26.1.5',
		apiVersion: '1.45',
		isSilent: true,
		containers: [],
		images: [],
		volumes: [],
	},
];
