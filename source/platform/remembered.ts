import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {toFailure} from '../core/failure/failure.ts';

/** What the program itself remembers between two runs, apart from what people write: last sort, wide, tab, column widths. */
export type Remembered = {
	/** As it was at the start. */
	readonly values: Readonly<Record<string, unknown>>;
	/** Takes effect at the next start. Never throws; what cannot be kept is forgotten. */
	readonly set: (key: string, value: unknown) => void;
	/** Resolves when everything set so far is on the disk or has failed. */
	readonly flush: () => Promise<void>;
};

type RememberedOptions = {
	/** The state directory. */
	readonly directory: string;
	readonly onProblem: (message: string) => void;
};

const name = 'remembered';

export function createRemembered({directory, onProblem}: RememberedOptions): Remembered {
	let changes: Record<string, unknown> = {};
	let writing = Promise.resolve();

	return {
		values: read(join(directory, `${name}.json`)),
		set(key, value) {
			// One write for all that is set in one go.
			if (Object.keys(changes).length === 0) {
				writing = writing.then(write);
			}

			changes = {...changes, [key]: value};
		},
		flush: () => writing,
	};

	async function write(): Promise<void> {
		const taken = changes;
		changes = {};
		try {
			const {default: Conf} = await import('conf');
			new Conf({projectName: 'cws', cwd: directory, configName: name, clearInvalidConfig: true, accessPropertiesByDotNotation: false}).set(
				taken,
			);
		} catch (error) {
			onProblem(`what the dashboard should remember was not kept: ${toFailure(error).message}`);
		}
	}
}

// Read by hand, because the first frame must not wait for conf and its schema compiler to load.
function read(file: string): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}
