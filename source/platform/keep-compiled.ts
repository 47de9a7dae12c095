import {flushCompileCache} from 'node:module';

/** Writes down what was compiled so far; Node does it only at an orderly exit, and not every dashboard gets one. */
export const keepCompiled = (): void => {
	flushCompileCache();
};
