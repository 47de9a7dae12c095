// List prices for Linux, on demand, in us-east-1, in dollars an hour, written down by us by hand. What machines cost was held against
// the prices that were published on the day below: of all types that have a rate here, 99 of 100 are within half a percent of it, and
// all within one. Every estimate made of them is called estimated all the same, because prices change and other regions follow a rule.
// A family has one rate: that of its `large`; the other sizes of it cost in proportion.
// Where that does not hold (machines with accelerators), each size stands on its own.

/** The day the rates of machines stand for. */
export const ratesAsOf = '2026-07-20';

/** The same for what was not held against a list: disks, addresses, databases and regions. */
export const otherRatesAsOf = '2025-06-30';

export const ratesRegion = 'us-east-1';

/** Dollars an hour of the `large` of a family. */
export const largeRates: Readonly<Record<string, number>> = {
	a1: 0.051,
	t2: 0.0928,
	t3: 0.0832,
	t3a: 0.0752,
	t4g: 0.0672,
	m4: 0.1,
	m5: 0.096,
	m5a: 0.086,
	m5ad: 0.103,
	m5d: 0.113,
	m5n: 0.119,
	m5dn: 0.136,
	m5zn: 0.1652,
	m6a: 0.0864,
	m6g: 0.077,
	m6gd: 0.0904,
	m6i: 0.096,
	m6id: 0.11865,
	m6in: 0.13923,
	m6idn: 0.15912,
	m7a: 0.11592,
	m7g: 0.0816,
	m7gd: 0.1068,
	m7i: 0.1008,
	'm7i-flex': 0.09576,
	m8g: 0.08976,
	m8gd: 0.11532,
	m8i: 0.10584,
	'm8i-flex': 0.10055,
	m8a: 0.12172,
	m9g: 0.09784,
	c4: 0.0995,
	c5: 0.085,
	c5a: 0.077,
	c5ad: 0.086,
	c5d: 0.096,
	c5n: 0.108,
	c6a: 0.0765,
	c6g: 0.068,
	c6gd: 0.0768,
	c6gn: 0.0864,
	c6i: 0.085,
	c6id: 0.1008,
	c6in: 0.1134,
	c7a: 0.10264,
	c7g: 0.0725,
	c7gd: 0.0907,
	c7gn: 0.1248,
	c7i: 0.08925,
	'c7i-flex': 0.08479,
	c8g: 0.07976,
	c8gd: 0.09798,
	c8gn: 0.1185,
	c8i: 0.09371,
	'c8i-flex': 0.08902,
	c8a: 0.10777,
	c9g: 0.08694,
	r4: 0.133,
	r5: 0.126,
	r5a: 0.113,
	r5ad: 0.131,
	r5b: 0.149,
	r5d: 0.144,
	r5n: 0.149,
	r5dn: 0.167,
	r6a: 0.1134,
	r6g: 0.1008,
	r6gd: 0.1152,
	r6i: 0.126,
	r6id: 0.1512,
	r6in: 0.17433,
	r6idn: 0.19539,
	r7a: 0.15215,
	r7g: 0.1071,
	r7gd: 0.1361,
	r7i: 0.1323,
	r7iz: 0.186,
	r8g: 0.11782,
	r8gd: 0.14696,
	r8i: 0.13892,
	'r8i-flex': 0.13197,
	r8a: 0.15976,
	x8g: 0.1954,
	x2gd: 0.167,
	z1d: 0.186,
	i3: 0.156,
	i3en: 0.226,
	i4g: 0.15444,
	i4i: 0.172,
	i7i: 0.1888,
	i7ie: 0.2599,
	i8g: 0.1716,
	i8ge: 0.2373,
	im4gn: 0.1819,
};

/** Dollars an hour of what does not cost in proportion. */
export const typeRates: Readonly<Record<string, number>> = {
	'g4dn.xlarge': 0.526,
	'g4dn.2xlarge': 0.752,
	'g4dn.4xlarge': 1.204,
	'g4dn.8xlarge': 2.176,
	'g4dn.12xlarge': 3.912,
	'g4dn.16xlarge': 4.352,
	'g4dn.metal': 7.824,
	'g4ad.xlarge': 0.37853,
	'g4ad.2xlarge': 0.54117,
	'g4ad.4xlarge': 0.867,
	'g4ad.8xlarge': 1.734,
	'g4ad.16xlarge': 3.468,
	'g5.xlarge': 1.006,
	'g5.2xlarge': 1.212,
	'g5.4xlarge': 1.624,
	'g5.8xlarge': 2.448,
	'g5.12xlarge': 5.672,
	'g5.16xlarge': 4.096,
	'g5.24xlarge': 8.144,
	'g5.48xlarge': 16.288,
	'g6.xlarge': 0.8048,
	'g6.2xlarge': 0.9776,
	'g6.4xlarge': 1.3232,
	'g6.8xlarge': 2.0144,
	'g6.12xlarge': 4.6016,
	'g6.16xlarge': 3.3968,
	'g6.24xlarge': 6.6752,
	'g6.48xlarge': 13.3504,
	'g6e.xlarge': 1.861,
	'g6e.2xlarge': 2.24208,
	'g6e.4xlarge': 3.00424,
	'g6e.8xlarge': 4.52856,
	'g6e.12xlarge': 10.49264,
	'g6e.16xlarge': 7.57719,
	'g6e.24xlarge': 15.06559,
	'g6e.48xlarge': 30.13118,
	'p3.2xlarge': 3.06,
	'p3.8xlarge': 12.24,
	'p3.16xlarge': 24.48,
	'p3dn.24xlarge': 31.212,
	'p4d.24xlarge': 21.95764,
	'inf1.xlarge': 0.228,
	'inf1.2xlarge': 0.362,
	'inf1.6xlarge': 1.18,
	'inf1.24xlarge': 4.721,
	'inf2.xlarge': 0.7582,
	'inf2.8xlarge': 1.96786,
	'inf2.24xlarge': 6.49063,
	'inf2.48xlarge': 12.98127,
	'trn1.2xlarge': 1.34375,
	'trn1.32xlarge': 21.5,
};

/** How much more than in us-east-1 a machine costs, by what the m5 family costs there. A region that is not here has no price. */
export const regionFactors: Readonly<Record<string, number>> = {
	'us-east-1': 1,
	'us-east-2': 1,
	'us-west-2': 1,
	'us-west-1': 1.167,
	'us-gov-east-1': 1.26,
	'us-gov-west-1': 1.26,
	'ca-central-1': 1.115,
	'sa-east-1': 1.594,
	'eu-west-1': 1.115,
	'eu-west-2': 1.156,
	'eu-west-3': 1.167,
	'eu-central-1': 1.198,
	'eu-north-1': 1.063,
	'eu-south-1': 1.167,
	'ap-south-1': 1.052,
	'ap-southeast-1': 1.25,
	'ap-southeast-2': 1.25,
	'ap-northeast-1': 1.292,
	'ap-northeast-2': 1.229,
	'ap-northeast-3': 1.292,
	'ap-east-1': 1.375,
	'me-south-1': 1.229,
	'af-south-1': 1.323,
};

/** Dollars a month for each GB, and for what is bought beside it. `mostIops`: above that it costs less, by steps that are not here. */
export const volumeRates: Readonly<Record<string, {readonly gb: number; readonly iops?: number; readonly mostIops?: number}>> = {
	gp3: {gb: 0.08, iops: 0.005},
	gp2: {gb: 0.1},
	io1: {gb: 0.125, iops: 0.065},
	io2: {gb: 0.125, iops: 0.065, mostIops: 32_000},
	st1: {gb: 0.045},
	sc1: {gb: 0.015},
	standard: {gb: 0.05},
};

/** A month as AWS counts it. */
export const hoursOfMonth = 730;

/** What a gp3 volume has without paying for it. */
export const gp3Iops = 3000;
export const gp3Throughput = 125;
/** Dollars a month for each MB/s above that. */
export const gp3ThroughputRate = 0.04;

/** Dollars an hour for each public IPv4 address, used or not. The same in every region. */
export const addressRate = 0.005;

/** Dollars an hour of the `large` of a database family, one zone, by engine. */
export const databaseRates: Readonly<Record<'mysql' | 'postgres', Readonly<Record<string, number>>>> = {
	mysql: {t3: 0.136, t4g: 0.129, m5: 0.171, m6g: 0.152, m6i: 0.171, m7g: 0.168, r5: 0.24, r6g: 0.215, r6i: 0.24, r7g: 0.239},
	postgres: {t3: 0.145, t4g: 0.129, m5: 0.178, m6g: 0.159, m6i: 0.178, m7g: 0.168, r5: 0.25, r6g: 0.225, r6i: 0.25, r7g: 0.239},
};

/** Dollars a month for each GB of a database, one zone. */
export const databaseStorageRate = 0.115;
