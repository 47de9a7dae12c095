import {type Instance} from '@aws-sdk/client-ec2';
import {createFleet, demoSpotPrices, type Place} from './fleet.ts';

/** What the recording says to one call of the SDK: the name of the command without its end, and what it was given. */
export type DemoCloud = {readonly answer: (place: Place, call: string, input: DemoInput) => unknown};

/** The parts of what the commands are given that matter here. */
export type DemoInput = {
	readonly InstanceIds?: readonly string[];
	readonly VolumeIds?: readonly string[];
	readonly VolumeId?: string;
	readonly InstanceId?: string;
	readonly DBInstanceIdentifier?: string;
	readonly Filters?: readonly {readonly Name?: string; readonly Values?: readonly string[]}[];
	readonly InstanceTypes?: readonly string[];
	readonly InstanceType?: string | {readonly Value?: string};
	readonly Hibernate?: boolean;
	readonly ClientToken?: string;
	readonly ImageId?: string;
	readonly KeyName?: string;
	readonly TagSpecifications?: readonly {readonly Tags?: Instance['Tags']}[];
};

// A change of state takes a moment, as it does at AWS.
const turnMs = 3000;

/** The recorded fleet, which changes when something is done to it and is as before after the next start. */
export function createDemoCloud(now: () => number): DemoCloud {
	const fleet = createFleet(now());
	const turns = new Map<unknown, {readonly at: number; readonly arrive: () => void}>();
	let launched = 0;

	const turn = <Thing>(thing: Thing, then: (thing: Thing) => void) => {
		turns.set(thing, {
			at: now() + turnMs,
			arrive() {
				then(thing);
			},
		});
	};

	const settle = () => {
		for (const [thing, {at, arrive}] of turns) {
			if (at <= now()) {
				turns.delete(thing);
				arrive();
			}
		}
	};

	const isAt = (place: Place) => (one: Place) => one.account === place.account && one.region === place.region;
	const here = (place: Place) => fleet.instances.filter(isAt(place)).map(({instance}) => instance);
	const named = (place: Place, {InstanceIds = [], InstanceId}: DemoInput) =>
		[...InstanceIds, ...(InstanceId === undefined ? [] : [InstanceId])].map(
			id => here(place).find(instance => instance.InstanceId === id) ?? missing('InvalidInstanceID.NotFound', id),
		);

	const become = (instance: Instance, first: string, then: string) => {
		instance.State = {Name: first as 'pending'};
		turn(instance, instance => {
			instance.State = {Name: then as 'running'};
		});
	};

	const database = (place: Place, {DBInstanceIdentifier: id}: DemoInput) =>
		fleet.databases.filter(isAt(place)).find(({database}) => database.DBInstanceIdentifier === id)?.database ??
		missing('DBInstanceNotFound', id ?? '');

	const databaseTurn = (place: Place, input: DemoInput, first: string, then: string) => {
		const found = database(place, input);
		found.DBInstanceStatus = first;
		turn(found, found => {
			found.DBInstanceStatus = then;
		});
		return {};
	};

	const calls: Readonly<Record<string, (place: Place, input: DemoInput) => unknown>> = {
		DescribeInstances(place, input) {
			const found = input.InstanceIds === undefined ? here(place).filter(one => fits(one, input)) : named(place, input);
			return {Reservations: found.map(instance => ({Instances: [{...instance}]}))};
		},
		DescribeVolumes(place, {VolumeIds}) {
			const all = fleet.volumes.filter(isAt(place)).map(({volume}) => volume);
			return {Volumes: VolumeIds === undefined ? all : all.filter(({VolumeId}) => VolumeIds.includes(VolumeId ?? ''))};
		},
		DeleteVolume(place, {VolumeId}) {
			const index = fleet.volumes.findIndex(one => isAt(place)(one) && one.volume.VolumeId === VolumeId);
			if (index === -1) {
				missing('InvalidVolume.NotFound', VolumeId ?? '');
			}

			fleet.volumes.splice(index, 1);
			return {};
		},
		DescribeDBInstances: (place, input) => ({
			DBInstances:
				input.DBInstanceIdentifier === undefined
					? fleet.databases.filter(isAt(place)).map(({database}) => ({...database}))
					: [{...database(place, input)}],
		}),
		StartDBInstance: (place, input) => databaseTurn(place, input, 'starting', 'available'),
		StopDBInstance: (place, input) => databaseTurn(place, input, 'stopping', 'stopped'),
		RebootDBInstance: (place, input) => databaseTurn(place, input, 'rebooting', 'available'),
		DescribeRegions: () => ({Regions: []}),
		DescribeImages: () => ({Images: [{RootDeviceName: '/dev/xvda'}]}),
		DescribeSpotPriceHistory: ({region}, {InstanceTypes = []}) => ({
			SpotPriceHistory: InstanceTypes.flatMap(InstanceType =>
				demoSpotPrices[InstanceType] === undefined
					? []
					: [{InstanceType, AvailabilityZone: `${region}a`, SpotPrice: demoSpotPrices[InstanceType]}],
			),
		}),
		GetConsoleOutput(place, input) {
			const [instance] = named(place, input);
			const lines = ['Linux version 6.12 (demo)', 'cloud-init: finished', `${nameOf(instance!)} login: `];
			return {Output: Buffer.from(lines.join('\n')).toString('base64')};
		},
		RunInstances(place, {InstanceType, ClientToken, ImageId, KeyName, TagSpecifications}) {
			const before = here(place).find(instance => instance.ClientToken === ClientToken);
			const instance: Instance = before ?? {
				InstanceId: `i-0de4${String(++launched).padStart(3, '0')}a5c3f2b19d`,
				InstanceType: InstanceType as NonNullable<Instance['InstanceType']>,
				LaunchTime: new Date(now()),
				PlatformDetails: 'Linux/UNIX',
				PrivateIpAddress: '10.0.9.9',
				...(ClientToken !== undefined && {ClientToken}),
				...(ImageId !== undefined && {ImageId}),
				...(KeyName !== undefined && {KeyName}),
				Tags: [...(TagSpecifications?.[0]?.Tags ?? [])],
			};
			if (before === undefined) {
				fleet.instances.push({...place, instance});
				become(instance, 'pending', 'running');
			}

			return {Instances: [{...instance}]};
		},
		StartInstances(place, input) {
			for (const instance of named(place, input)) {
				delete instance.StateReason;
				become(instance, 'pending', 'running');
			}
		},
		StopInstances(place, input) {
			for (const instance of named(place, input)) {
				instance.StateReason = {Code: input.Hibernate === true ? 'Client.UserInitiatedHibernate' : 'Client.UserInitiatedShutdown'};
				become(instance, 'stopping', 'stopped');
			}
		},
		RebootInstances(place, input) {
			named(place, input);
		},
		TerminateInstances(place, input) {
			for (const instance of named(place, input)) {
				become(instance, 'shutting-down', 'terminated');
				const index = fleet.volumes.findIndex(({volume}) => volume.Attachments?.[0]?.InstanceId === instance.InstanceId);
				if (index !== -1) {
					fleet.volumes.splice(index, 1);
				}
			}
		},
		ModifyInstanceAttribute(place, input) {
			const [instance] = named(place, input);
			instance!.InstanceType = (input.InstanceType as {readonly Value?: string}).Value as NonNullable<Instance['InstanceType']>;
		},
	};

	return {
		answer(place, call, input) {
			settle();
			const known = calls[call];
			if (known === undefined) {
				throw Object.assign(new Error('the demo does not do this'), {name: 'NotImplemented'});
			}

			return known(place, input) ?? {};
		},
	};
}

const nameOf = ({Tags}: Instance): string => Tags?.find(({Key}) => Key === 'Name')?.Value ?? '';

const fits = (instance: Instance, {Filters = []}: DemoInput): boolean =>
	Filters.every(({Name = '', Values = []}) =>
		Name === 'instance-state-name'
			? Values.includes(instance.State?.Name ?? '')
			: Name === 'client-token'
				? Values.includes(instance.ClientToken ?? '\0')
				: Values.includes(nameOf(instance)),
	);

function missing(name: string, id: string): never {
	throw Object.assign(new Error(`\`${id}\` does not exist`), {name});
}
