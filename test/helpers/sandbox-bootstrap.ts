import {bundleSandbox} from '../../scripts/bundle-sandbox.ts';

let bundled: Promise<string> | undefined;

/** The text a sandbox starts from, made of the source once in a test process. */
export const sandboxBootstrap = (): Promise<string> => (bundled ??= bundleSandbox());
