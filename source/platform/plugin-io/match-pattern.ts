import {createContext, Script} from 'node:vm';

/** More than any sane pattern takes, also on a busy machine; a hostile one would take forever, on the thread that draws. */
const timeoutMs = 150;
/** A pattern that took too long so often is not tried again. */
const tries = 3;

const script = new Script('new RegExp(`^(?:${pattern})$`, "u").test(value)');
const slow = new Map<string, number>();

/** Whether a pattern takes a value as a whole. Gives up, as if it did not, when it is no pattern or takes too long. */
export function matchesPattern(pattern: string, value: string): boolean {
	const before = slow.get(pattern) ?? 0;
	if (before >= tries) {
		return false;
	}

	try {
		return script.runInContext(createContext({pattern, value}), {timeout: timeoutMs}) === true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
			slow.set(pattern, before + 1);
		}

		return false;
	}
}
