import {readFileSync} from 'node:fs';
import {openProcessTransport} from '../host/transport/process-transport.ts';
import {openSandboxTransport} from '../host/transport/sandbox-transport.ts';
import {locations} from './locations.ts';

let text: string | undefined;

/** Read when the first plugin from outside starts. */
const bootstrap = (): string => (text ??= readFileSync(locations.sandbox, 'utf8'));

/** Where plugins run that do not come with cws. */
export const sandboxes = {openSandbox: openSandboxTransport(bootstrap), openProcess: openProcessTransport(bootstrap)};
