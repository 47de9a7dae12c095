/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export type Random = () => number;

export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d_2b_79_f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

export const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;

/** Picks by weight: `[['common', 9], ['rare', 1]]`. */
export function pickWeighted<Item>(random: Random, items: readonly (readonly [item: Item, weight: number])[]): Item {
	let left = random() * items.reduce((sum, [, weight]) => sum + weight, 0);
	for (const [item, weight] of items) {
		left -= weight;
		if (left < 0) {
			return item;
		}
	}

	return items.at(-1)![0];
}

/** A number that is always the same for a text (FNV-1a). */
export function hashOf(text: string): number {
	let hash = 0x81_1c_9d_c5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93) >>> 0;
	}

	return hash;
}
