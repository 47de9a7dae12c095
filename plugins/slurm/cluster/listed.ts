import {type Question} from '../client/client.ts';
import {type Job, readJob} from '../job/job.ts';
import {readNode, type SlurmNode} from '../node/node.ts';
import {type Partition, readPartition} from '../partition/partition.ts';

/** Entries that could be read, each id once; the others are counted. */
export type Listed<Item> = {readonly items: readonly Item[]; readonly skipped: number};

export type Answers = {readonly jobs: Listed<Job>; readonly nodes: Listed<SlurmNode>; readonly partitions: Listed<Partition>};

const readers: {readonly [Name in Question]: (entry: unknown) => Answers[Name]['items'][number] | undefined} = {
	jobs: readJob,
	nodes: readNode,
	partitions: readPartition,
};

/** Takes entries one by one, and gives what could be read of them. */
export function createListing<Name extends Question>(
	question: Name,
): {readonly take: (entry: unknown) => void; readonly done: () => Answers[Name]} {
	const read: (entry: unknown) => {readonly id: string} | undefined = readers[question];
	const items = new Map<string, {readonly id: string}>();
	let skipped = 0;
	return {
		take(entry) {
			const item = read(entry);
			if (item === undefined || items.has(item.id)) {
				skipped++;
			} else {
				items.set(item.id, item);
			}
		},
		done: () => ({items: [...items.values()], skipped}) as unknown as Answers[Name],
	};
}
