// The first and only script of a sandbox; `scripts/bundle-sandbox.ts` makes one text of it. The order of the imports matters.
import './close-doors.ts';
import './buffer-caps.ts';
import 'ses';
import {isMainThread, parentPort} from 'node:worker_threads';
import {framePortOf} from '../worker/frame-port.ts';
import {servePlugin} from '../worker/serve-plugin.ts';
import {createEndowments} from './endowments.ts';
import {createEvaluator} from './evaluate.ts';
import {openProcessPort} from './process-port.ts';
import {denyModules} from './deny-modules.ts';
import {sandboxSetup} from './sandbox-setup.ts';
import {createStackConsole} from './stack-console.ts';
import {scuttle} from './scuttle.ts';

const port = isMainThread ? openProcessPort() : framePortOf(parentPort!);

const stacks = createStackConsole();
lockdown({
	errorTaming: 'safe',
	overrideTaming: 'severe',
	consoleTaming: 'safe',
	stackFiltering: 'concise',
	evalTaming: 'safe-eval',
	localeTaming: 'unsafe',
	domainTaming: 'safe',
	// Ours are told to the host; those of ses would end the thread.
	errorTrapping: 'none',
	unhandledRejectionTrapping: 'none',
	reporting: 'none',
});

const served = servePlugin({port, readStack: stacks(), load: async () => evaluate(sandboxSetup.code)});
const evaluate = createEvaluator(sandboxSetup.id, createEndowments(served));
denyModules();
scuttle();
