import {createContext, Script} from 'node:vm';

/** More than any sane pattern takes; a hostile one would take forever, on the thread that draws. */
const timeoutMs = 25;

const script = new Script('new RegExp(`^(?:${pattern})$`, "u").test(value)');

/** Whether a pattern takes a value as a whole. Gives up, as if it did not, when it is no pattern or takes too long. */
export function matchesPattern(pattern: string, value: string): boolean {
	try {
		return script.runInContext(createContext({pattern, value}), {timeout: timeoutMs}) === true;
	} catch {
		return false;
	}
}
