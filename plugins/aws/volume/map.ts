import {type Volume} from '@aws-sdk/client-ec2';
import {free, type ProviderResource, type ResourceStatus} from 'cws/sdk';
import {type Part} from '../access/parts.ts';
import {estimateOf} from '../price/estimate.ts';
import {tagsOf} from '../vm/map.ts';
import {toDisk} from './disks.ts';

export const volumeId = /^vol-[0-9a-f]{8,17}$/;

/** A volume as the list shows it; undefined when AWS answered something that cannot be one. */
export function toVolume(volume: Volume, {account, region}: Part): ProviderResource | undefined {
	const {VolumeId: id, Size: gb = 0, VolumeType: kind = 'unknown', Iops, Throughput} = volume;
	if (id === undefined || !volumeId.test(id)) {
		return undefined;
	}

	const tags = tagsOf(volume.Tags);
	const {Name: name} = tags;
	const raw: string = volume.State ?? 'unknown';
	const users = (volume.Attachments ?? []).flatMap(({InstanceId, State}) =>
		InstanceId === undefined || State === 'detached' ? [] : [InstanceId],
	);
	const createdAt = volume.CreateTime?.getTime();
	const [user] = users;
	const cost: ProviderResource['cost'] =
		user === undefined
			? estimateOf([toDisk(volume, region).component], ['snapshots'])
			: {hourly: free(`counted with ${user}, which it hangs on`), components: [], confidence: 'estimated', notCounted: ['snapshots']};
	return {
		id,
		type: 'volume',
		name: name === undefined || name.trim() === '' ? id : name,
		account: account.name,
		region,
		// The one list of states has no word for what lies there; what is used by something is the nearest to running.
		status: users.length > 0 && raw === 'in-use' ? 'running' : (statuses[raw] ?? 'unknown'),
		rawStatus: raw,
		...(raw === 'available' && {statusReason: 'nothing uses it, and it costs all the same'}),
		size: `${gb} GB ${kind}`,
		...(createdAt !== undefined && Number.isFinite(createdAt) && {createdAt: Math.min(createdAt, Date.now())}),
		tags,
		cost,
		...(user !== undefined && {attachedTo: user, disabled: {destroy: `${users.join(', ')} uses it`}}),
		meta: {
			zone: volume.AvailabilityZone,
			encrypted: volume.Encrypted === true,
			...(Iops !== undefined && {iops: Iops}),
			...(Throughput !== undefined && {throughput: Throughput}),
			...(volume.SnapshotId ? {snapshot: volume.SnapshotId} : {}),
			...(volume.Attachments?.[0] && {
				device: volume.Attachments[0].Device,
				goesWithInstance: volume.Attachments[0].DeleteOnTermination === true,
			}),
		},
	};
}

const statuses: Readonly<Record<string, ResourceStatus>> = {
	creating: 'creating',
	available: 'stopped',
	'in-use': 'running',
	deleting: 'deleting',
	deleted: 'deleted',
	error: 'failed',
};
