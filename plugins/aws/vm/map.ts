import {type Instance, type Tag} from '@aws-sdk/client-ec2';
import {type CostComponent, type Endpoint, type ProviderResource, unknown} from 'cws/sdk';
import {type Part} from '../access/parts.ts';
import {estimateOf} from '../price/estimate.ts';
import {type LivePrice} from '../price/live/live-prices.ts';
import {addressComponent, computeComponent} from '../price/price-book.ts';
import {spotComponent, type SpotPrice} from '../price/spot.ts';
import {type Disk} from '../volume/disks.ts';
import {disabledIn, stateOf} from './status.ts';

export const instanceId = /^i-[0-9a-f]{8,17}$/;

/** The tag that says who logs in; set at a deploy, because only the image knows. */
export const userTag = 'cws:user';

/** What is known of an instance from elsewhere. */
export type Known = {
	/** The account it belongs to. */
	readonly owner?: string | undefined;
	readonly alias?: string | undefined;
	readonly diskOf: (volumeId: string) => Disk | undefined;
	readonly spotOf: (type: string, zone: string | undefined) => SpotPrice | undefined;
	readonly listOf: (type: string) => LivePrice | undefined;
};

/** An instance as the list shows it; undefined when AWS answered something that cannot be one. */
export function toVm(instance: Instance, {account, region}: Part, known: Known): ProviderResource | undefined {
	const {InstanceId: id, InstanceType: size} = instance;
	if (id === undefined || !instanceId.test(id)) {
		return undefined;
	}

	const tags = tagsOf(instance.Tags);
	const {Name: name} = tags;
	const {status, raw, reason} = stateOf(instance);
	const createdAt = instance.LaunchTime?.getTime();
	const isSpot = instance.InstanceLifecycle === 'spot';
	return {
		id,
		type: 'vm',
		name: name === undefined || name.trim() === '' ? id : name,
		account: account.name,
		region,
		status,
		rawStatus: raw,
		...(reason !== undefined && {statusReason: reason}),
		...(size !== undefined && {size}),
		...(createdAt !== undefined && Number.isFinite(createdAt) && {createdAt: Math.min(createdAt, Date.now())}),
		tags,
		endpoints: endpointsOf(instance),
		cost: costOf(instance, region, known),
		disabled: disabledIn(status, {canHibernate: instance.HibernationOptions?.Configured === true, isSpot}),
		meta: metaOf(instance, known),
	};
}

export const tagsOf = (tags: readonly Tag[] | undefined): Readonly<Record<string, string>> =>
	Object.fromEntries((tags ?? []).flatMap(({Key, Value}) => (Key === undefined || Key === '' ? [] : [[Key, Value ?? '']])));

function endpointsOf({PublicIpAddress, PrivateIpAddress}: Instance): readonly Endpoint[] {
	return [
		...(PublicIpAddress === undefined ? [] : [{label: 'public', address: PublicIpAddress}]),
		...(PrivateIpAddress === undefined ? [] : [{label: 'private', address: PrivateIpAddress}]),
	];
}

/** Machine, address and disks; when AWS does not say how large a disk is, that is told instead of a sum. */
function costOf(instance: Instance, region: string, {diskOf, spotOf, listOf}: Known): ProviderResource['cost'] {
	const address = instance.NetworkInterfaces?.find(({Association}) => Association?.PublicIp !== undefined)?.Association;
	const hasAddress = address !== undefined || instance.PublicIpAddress !== undefined;
	const isOwnAddress = address?.IpOwnerId !== undefined && address.IpOwnerId !== 'amazon';
	const disks = volumesOf(instance).map(id => diskOf(id));
	const counted = disks.flatMap(disk => (disk?.countedWith === instance.InstanceId ? [disk!.component] : []));
	const estimate = estimateOf(
		[machineOf(instance, region, {spotOf, listOf}), ...(hasAddress ? [addressComponent(isOwnAddress)] : []), ...counted],
		['traffic', 'CPU credits', 'snapshots', ...(disks.includes(undefined) ? ['its disks, which AWS does not show to this profile'] : [])],
	);
	return disks.includes(undefined) ? {...estimate, stoppedHourly: unknown('AWS does not show how large its disks are')} : estimate;
}

export const volumesOf = ({BlockDeviceMappings: disks = []}: Instance): readonly string[] => disks.flatMap(({Ebs}) => Ebs?.VolumeId ?? []);

function machineOf(
	{InstanceType, InstanceLifecycle, PlatformDetails, Placement}: Instance,
	region: string,
	{spotOf, listOf}: Pick<Known, 'spotOf' | 'listOf'>,
): CostComponent {
	const type: string = InstanceType ?? '';
	const spot = InstanceLifecycle === 'spot' ? spotOf(type, Placement?.AvailabilityZone) : undefined;
	const reason =
		PlatformDetails !== undefined && PlatformDetails !== 'Linux/UNIX'
			? `no price is known for ${PlatformDetails}`
			: Placement?.Tenancy !== undefined && Placement.Tenancy !== 'default'
				? `no price is known for ${Placement.Tenancy} tenancy`
				: InstanceLifecycle === 'spot' && spot === undefined
					? 'AWS does not tell the spot price to this profile'
					: undefined;
	const component = spot === undefined ? computeComponent(type, region, listOf(type)) : spotComponent(type, spot);
	return reason === undefined ? component : {...component, description: type, hourly: unknown(reason)};
}

function metaOf(instance: Instance, {owner, alias}: Known): Readonly<Record<string, unknown>> {
	const {CpuOptions: cpu, SecurityGroups: groups = []} = instance;
	const facts = {
		accountId: owner,
		accountAlias: alias,
		zone: instance.Placement?.AvailabilityZone,
		cpus: cpu?.CoreCount === undefined ? undefined : cpu.CoreCount * (cpu.ThreadsPerCore ?? 1),
		architecture: instance.Architecture,
		platform: instance.PlatformDetails,
		lifecycle: instance.InstanceLifecycle,
		image: instance.ImageId,
		keyPair: instance.KeyName,
		securityGroups: groups.flatMap(({GroupName, GroupId}) => GroupName ?? GroupId ?? []),
		vpc: instance.VpcId,
		subnet: instance.SubnetId,
		instanceProfile: instance.IamInstanceProfile?.Arn,
		volumes: volumesOf(instance),
		canHibernate: instance.HibernationOptions?.Configured,
	};
	return Object.fromEntries(
		Object.entries(facts).filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)),
	);
}
