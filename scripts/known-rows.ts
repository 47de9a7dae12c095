// Bundled into Ink by faster-ink.ts.

type Clip = {readonly x1?: number; readonly x2?: number; readonly y1?: number; readonly y2?: number};

type Operation =
	| {
			readonly type: 'write';
			readonly x: number;
			readonly y: number;
			readonly text: string;
			readonly transformers: readonly ((line: string, index: number) => string)[];
	  }
	| {readonly type: 'clip'; readonly clip: Clip}
	| {readonly type: 'unclip'};

export type KnownRows = {
	/** By row of the screen, from the top: what was written the same way before came to this. */
	readonly texts: readonly (string | undefined)[];
	/** Gives the text back. */
	readonly remember: (row: number, text: string) => string;
};

// A few screens in each of two generations.
const most = 256;
let newer = new Map<string, string>();
let older = new Map<string, string>();

/** Most rows of a frame are written exactly as in the frame before, and cell by cell they cost more than all the rest of a frame. */
export function knownRows(operations: readonly Operation[], width: number, height: number): KnownRows {
	// A row that is written in another way than line by line has none.
	const keys: (string | undefined)[] = Array.from({length: height}, () => String(width));
	const clips: string[] = [];
	for (const operation of operations) {
		if (operation.type === 'clip') {
			const {x1, x2, y1, y2} = operation.clip;
			clips.push(`${clips.at(-1) ?? ''}[${x1},${y1},${x2},${y2}]`);
		} else if (operation.type === 'unclip') {
			clips.pop();
		} else {
			const {x, y, text, transformers} = operation;
			const lines = text.includes('\n') ? text.split('\n').length : 1;
			const written = transformers.reduce((line, transform) => transform(line, 0), text);
			for (let row = Math.max(0, y); row < Math.min(height, y + lines); row++) {
				const key = keys[row];
				keys[row] = lines > 1 || key === undefined ? undefined : `${key}\n${x}${clips.at(-1) ?? ''} ${written}`;
			}
		}
	}

	return {
		texts: keys.map(key => (key === undefined ? undefined : find(key))),
		remember(row, text) {
			const key = keys[row];
			if (key !== undefined) {
				keep(key, text);
			}

			return text;
		},
	};
}

function find(key: string): string | undefined {
	const text = newer.get(key);
	if (text !== undefined) {
		return text;
	}

	const old = older.get(key);
	if (old !== undefined) {
		keep(key, old);
	}

	return old;
}

function keep(key: string, text: string): void {
	if (newer.size >= most) {
		older = newer;
		newer = new Map();
	}

	newer.set(key, text);
}
