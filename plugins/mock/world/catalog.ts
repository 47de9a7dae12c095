/** What a size costs an hour, in billionths of a dollar; absent where nobody gave a rate. */
export type Size = {readonly name: string; readonly description: string; readonly hourlyNanos?: number};

export type Kind = {
	readonly provider: string;
	readonly type: string;
	readonly accounts: readonly (string | undefined)[];
	readonly regions: readonly (string | undefined)[];
	readonly sizes: readonly Size[];
	/** How its rates come about. */
	readonly pricing: 'list' | 'rate' | 'free' | 'none';
	/** Disk beside the machine, which goes on billing while it is stopped. */
	readonly hasStorage: boolean;
	/** Share of a generated world. */
	readonly weight: number;
	readonly idPrefix: string;
	/** Length of an id after its prefix; ids of the HPC scheduler are decimal. */
	readonly idDigits: number;
	readonly isDecimalId?: boolean;
};

const cents = (value: number) => Math.round(value * 10_000_000);
const size = (name: string, description: string, dollars?: number): Size => ({
	name,
	description,
	...(dollars !== undefined && {hourlyNanos: cents(dollars * 100)}),
});

const cloudRegions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];

/** Every provider and type of the demo, as its manifest names them. */
export const kinds: readonly Kind[] = [
	{
		provider: 'nimbus',
		type: 'vm',
		accounts: ['lab', 'prod'],
		regions: cloudRegions,
		sizes: [
			size('t3.small', '2 vCPU · 2 GB', 0.0208),
			size('t3.large', '2 vCPU · 8 GB', 0.0832),
			size('c7.2xlarge', '8 vCPU · 16 GB', 0.357),
			size('m7.4xlarge', '16 vCPU · 64 GB', 0.8064),
			size('r7.2xlarge', '8 vCPU · 64 GB', 0.5292),
			size('g5.xlarge', '4 vCPU · 16 GB · A10G 24 GB', 1.006),
			size('g5.12xlarge', '48 vCPU · 192 GB · 4 × A10G', 5.672),
			size('p4.24xlarge', '96 vCPU · 1.1 TB · 8 × A100', 32.7726),
		],
		pricing: 'list',
		hasStorage: true,
		weight: 40,
		idPrefix: 'i-0',
		idDigits: 16,
	},
	{
		provider: 'nimbus',
		type: 'database',
		accounts: ['lab', 'prod'],
		regions: cloudRegions,
		sizes: [
			size('db.small', '2 vCPU · 4 GB', 0.068),
			size('db.large', '4 vCPU · 16 GB', 0.272),
			size('db.4xlarge', '16 vCPU · 128 GB', 1.824),
		],
		pricing: 'list',
		hasStorage: true,
		weight: 8,
		idPrefix: 'db-',
		idDigits: 12,
	},
	{
		provider: 'nimbus',
		type: 'volume',
		accounts: ['lab', 'prod'],
		regions: cloudRegions,
		sizes: [
			size('50 GB', 'gp3', 0.005_555_556),
			size('100 GB', 'gp3', 0.011_111_111),
			size('500 GB', 'gp3', 0.055_555_556),
			size('2 TB', 'gp3', 0.227_555_556),
		],
		pricing: 'list',
		hasStorage: false,
		weight: 12,
		idPrefix: 'vol-',
		idDigits: 12,
	},
	{
		provider: 'altocloud',
		type: 'vm',
		accounts: ['demo'],
		regions: ['us-central', 'europe-north'],
		sizes: [
			size('e2-medium', '2 vCPU · 4 GB', 0.0335),
			size('n2-standard-8', '8 vCPU · 32 GB', 0.3885),
			size('a2-highgpu-1', '12 vCPU · 85 GB · A100', 3.6734),
		],
		pricing: 'list',
		hasStorage: true,
		weight: 14,
		idPrefix: '',
		idDigits: 19,
		isDecimalId: true,
	},
	{
		provider: 'cirrus',
		type: 'job',
		accounts: ['main'],
		regions: ['gpu', 'compute'],
		sizes: [
			size('8 cpu', '8 cores · 32 GB'),
			size('64 cpu', '64 cores · 256 GB'),
			size('1 × A100', '16 cores · 128 GB · A100', 0.47),
			size('2 × A100', '32 cores · 256 GB · 2 × A100', 0.94),
		],
		pricing: 'rate',
		hasStorage: false,
		weight: 16,
		idPrefix: '',
		idDigits: 7,
		isDecimalId: true,
	},
	{
		provider: 'dockyard',
		type: 'container',
		accounts: [undefined],
		regions: [undefined],
		sizes: [size('alpine', 'Alpine Linux'), size('postgres:16', 'PostgreSQL 16'), size('python:3.14', 'Python 3.14')],
		pricing: 'free',
		hasStorage: false,
		weight: 7,
		idPrefix: '',
		idDigits: 12,
	},
	{
		provider: 'basement',
		type: 'host',
		accounts: [undefined],
		regions: ['workshop', 'attic'],
		sizes: [size('8 cpu', '8 cores'), size('32 cpu', '32 cores')],
		pricing: 'none',
		hasStorage: false,
		weight: 3,
		idPrefix: 'host-',
		idDigits: 6,
	},
];

export const kindOf = (provider: string, type: string): Kind | undefined =>
	kinds.find(kind => kind.provider === provider && kind.type === type);
