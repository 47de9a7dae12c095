import assert from 'node:assert/strict';
import {type TerminalInput, type TerminalOutput} from '../../../source/core/plugin.ts';
import {type AttachOptions, type ResourceTarget} from '../../../source/sdk/provider.ts';
import {type PluginUnderTest} from '../../plugins/plugin-under-test.ts';

/** A terminal session of a plugin with a test at its keyboard; texts instead of base64. */
export type SessionForTest = {
	readonly send: (input: TerminalInput) => void;
	readonly end: () => void;
	/** Everything that came so far. */
	readonly text: () => string;
	readonly until: (pattern: RegExp) => Promise<void>;
	/** Waits for its end. */
	readonly exitCode: () => Promise<number | undefined>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const patienceMs = 20_000;

export function openSession({host}: PluginUnderTest, target: ResourceTarget, options: AttachOptions): SessionForTest {
	const cancel = new AbortController();
	const queue: TerminalInput[] = [];
	let isEnded = false;
	let wakeInput = Promise.withResolvers<void>();
	let wakeOutput = Promise.withResolvers<void>();
	const bytes: Buffer[] = [];
	let exitCode: number | undefined;

	async function* input(): AsyncGenerator<TerminalInput> {
		while (!cancel.signal.aborted) {
			for (const item of queue.splice(0)) {
				yield 'data' in item ? {data: Buffer.from(item.data).toString('base64')} : item;
			}

			if (isEnded && queue.length === 0) {
				return;
			}

			await wakeInput.promise;
			wakeInput = Promise.withResolvers();
		}
	}

	const take = (output: TerminalOutput) => {
		if ('data' in output) {
			bytes.push(Buffer.from(output.data, 'base64'));
		} else {
			({exitCode} = output);
		}
	};

	const running = (async () => {
		const call = {plugin: 'docker', method: 'provider.attach', args: [target, options], signal: cancel.signal, input: input()};
		for await (const chunk of host.attach(call)) {
			assert.ok(chunk.ok || cancel.signal.aborted, JSON.stringify(chunk));
			for (const output of chunk.ok ? chunk.value : []) {
				take(output);
			}

			wakeOutput.resolve();
		}
	})();
	const text = () => Buffer.concat(bytes).toString('utf8');

	return {
		send(item) {
			queue.push(item);
			wakeInput.resolve();
		},
		end() {
			isEnded = true;
			wakeInput.resolve();
		},
		text,
		async until(pattern) {
			const deadline = performance.now() + patienceMs;
			while (!pattern.test(text())) {
				wakeOutput = Promise.withResolvers();
				const left = deadline - performance.now();
				const timer = setTimeout(wakeOutput.resolve, Math.max(0, left));
				await wakeOutput.promise;
				clearTimeout(timer);
				assert.ok(left > 0, `never came: ${pattern} in ${JSON.stringify(text())}`);
			}
		},
		async exitCode() {
			await running;
			return exitCode;
		},
		async [Symbol.asyncDispose]() {
			cancel.abort();
			wakeInput.resolve();
			await running;
		},
	};
}
