import {mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';

/** A price that was asked for: dollars an hour, and when. */
export type KeptPrice = {readonly dollars: number; readonly at: number};

const version = 1;

/** The prices of before by `region/type`; none when there is no file or it is not one of ours. */
export async function readPrices(file: string): Promise<ReadonlyMap<string, KeptPrice>> {
	try {
		const {version: written, prices} = JSON.parse(await readFile(file, 'utf8')) as {readonly version?: unknown; readonly prices?: unknown};
		return written === version && typeof prices === 'object' && prices !== null
			? new Map(
					Object.entries(prices as Readonly<Record<string, unknown>>).filter((entry): entry is [string, KeptPrice] => isPrice(entry[1])),
				)
			: new Map();
	} catch {
		return new Map();
	}
}

const isPrice = (value: unknown): value is KeptPrice => {
	const {dollars, at} = (value ?? {}) as Partial<Record<keyof KeptPrice, unknown>>;
	return typeof dollars === 'number' && dollars > 0 && typeof at === 'number' && Number.isFinite(dollars + at);
};

/** Replaces the file as a whole. A disk that is full costs the prices, nothing else. */
export async function writePrices(file: string, prices: ReadonlyMap<string, KeptPrice>): Promise<void> {
	try {
		await mkdir(path.dirname(file), {recursive: true});
		const written = `${file}.${process.pid}`;
		await writeFile(written, JSON.stringify({version, prices: Object.fromEntries(prices)}), {mode: 0o600});
		await rename(written, file);
	} catch {
		// They are asked for again.
	}
}
