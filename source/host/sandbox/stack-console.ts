/** The stack of an error, which a plugin itself never sees. */
export type ReadStack = (error: unknown) => string | undefined;

const methods = (
	'debug log info warn error trace dirxml group groupCollapsed groupEnd assert timeLog clear count countReset dir table time timeEnd ' +
	'timeStamp profile profileEnd'
).split(' ');

/**
After lockdown nobody can read a stack but the console that ses makes of the one it finds. So it finds one that prints nothing and
keeps what it is told. To be called before lockdown; what it gives, after it.
*/
export function createStackConsole(): () => ReadStack {
	let told: string[] = [];
	const keep = (...values: readonly unknown[]) => void told.push(...values.filter(value => typeof value === 'string'));
	globalThis.console = Object.fromEntries(methods.map(method => [method, keep])) as unknown as Console;

	return () => {
		const causal = globalThis.console;
		return error => {
			if (!(error instanceof Error)) {
				return undefined;
			}

			told = [];
			try {
				causal.error(error);
				// "(TypeError#1)", then the name with the message, then the frames: one to a line, beginning with a new one.
				const frames = told.findLast(text => text.startsWith('\n'));
				return frames?.trimEnd().slice(1);
			} catch {
				return undefined;
			}
		};
	};
}
