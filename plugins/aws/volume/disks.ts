import {type Volume} from '@aws-sdk/client-ec2';
import {type CostComponent} from 'cws/sdk';
import {type Part} from '../access/parts.ts';
import {type Page} from '../list-parts.ts';
import {volumeComponent} from '../price/price-book.ts';

/** What a volume costs, and the instance that counts it: a volume that hangs on several is counted with the first. */
export type Disk = {readonly component: CostComponent; readonly countedWith?: string};

export type Disks = {
	readonly remember: (part: Part, volumes: readonly Volume[]) => void;
	/** Notes that all volumes of a part were seen. */
	readonly complete: (part: Part) => void;
	/** Whether the volumes of a part were looked at lately. */
	readonly isFresh: (part: Part) => boolean;
	readonly of: (part: Part, id: string) => Disk | undefined;
	/** Whoever reads all volumes of a part just now: the pages when it is done, undefined when it did not come to the end. */
	readonly readings: Map<string, Promise<readonly Page[] | undefined>>;
};

export const partKey = ({account, region}: Part): string => `${account.name}\0${region}`;

const freshMs = 120_000;
const mostKept = 200_000;

/** What is known of volumes, so that the row of an instance can say what its disks cost without asking each time. */
export function createDisks(now: () => number): Disks {
	const disks = new Map<string, Disk>();
	const completed = new Map<string, number>();
	return {
		remember(part, volumes) {
			if (disks.size > mostKept) {
				disks.clear();
				completed.clear();
			}

			for (const volume of volumes) {
				if (volume.VolumeId !== undefined) {
					disks.set(`${partKey(part)}\0${volume.VolumeId}`, toDisk(volume, part.region));
				}
			}
		},
		complete(part) {
			completed.set(partKey(part), now());
		},
		isFresh: part => now() - (completed.get(partKey(part)) ?? Number.NEGATIVE_INFINITY) < freshMs,
		readings: new Map(),
		of: (part, id) => disks.get(`${partKey(part)}\0${id}`),
	};
}

export function toDisk({Size: gb = 0, VolumeType, Iops: iops, Throughput: throughput, Attachments}: Volume, region: string): Disk {
	const countedWith = Attachments?.find(({State}) => State !== 'detached')?.InstanceId;
	return {
		component: volumeComponent(
			{kind: VolumeType ?? 'unknown', gb, ...(iops !== undefined && {iops}), ...(throughput !== undefined && {throughput})},
			region,
		),
		...(countedWith !== undefined && {countedWith}),
	};
}
