import {failure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type PluginRecord, type TerminalOutput} from '../core/plugin.ts';
import {type Clock} from '../core/ports/clock.ts';
import {type PluginAttach, type PluginCall, type PluginHost} from '../core/ports/plugin-host.ts';
import {activates} from './activation.ts';
import {type ConnectionRequest} from './connection/wire.ts';
import {deadlineOf} from './deadline.ts';
import {type HostLimits} from './limits.ts';
import {readProgress} from './read-progress.ts';
import {type PluginSlot} from './slot/slot-types.ts';

type Options = {readonly find: (id: string) => Outcome<PluginSlot>; readonly clock: Clock; readonly limits: HostLimits};

/** Calls into plugins: each starts the plugin where its activation allows, and is counted. */
export function createPluginCalls({find, clock, limits}: Options): Pick<PluginHost, 'call' | 'stream' | 'attach'> {
	async function acquire({plugin, method, signal}: PluginCall) {
		const slot = find(plugin);
		if (!slot.ok) {
			return slot;
		}

		if (slot.value.current() === undefined && !activates(slot.value.record().manifest, method)) {
			return failed(
				failure('CWS_INVALID_STATE', {message: `The plugin \`${plugin}\` is not running, and \`${method}\` does not start it.`}),
			);
		}

		const instance = await slot.value.acquire(signal);
		// A reload may have swapped the worker since; the new one takes the call.
		return instance.ok ? ok({slot: slot.value, instance: () => slot.value.current() ?? instance.value}) : instance;
	}

	const requestOf = (call: PluginCall | PluginAttach, slot: PluginSlot): ConnectionRequest => {
		const {method, args, signal, deadlineMs, onProgress} = call;
		const deadline = deadlineMs ?? deadlineOf(method, slot.record().manifest, limits);
		return {
			method,
			args,
			...(deadline !== undefined && {deadlineMs: deadline}),
			...(signal !== undefined && {signal}),
			...(onProgress !== undefined && {onProgress: (progress: unknown) => onProgress(readProgress(progress))}),
			...('input' in call && {input: call.input}),
		};
	};

	async function* stream<Item>(call: PluginCall | PluginAttach): AsyncGenerator<Outcome<readonly Item[]>, void> {
		const acquired = await acquire(call);
		if (!acquired.ok) {
			yield acquired;
			return;
		}

		const {slot, instance} = acquired.value;
		const startedAt = clock.monotonic();
		let firstMs: number | undefined;
		let isOk = true;
		try {
			for await (const chunk of instance().stream(requestOf(call, slot))) {
				// How long a stream lasts is up to its reader; how soon it begins is up to the plugin.
				firstMs ??= clock.monotonic() - startedAt;
				isOk = chunk.ok;
				yield withLogin(chunk, slot.record()) as Outcome<readonly Item[]>;
			}
		} finally {
			slot.called(firstMs ?? clock.monotonic() - startedAt, isOk);
		}
	}

	return {
		async call<Result>(call: PluginCall) {
			const acquired = await acquire(call);
			if (!acquired.ok) {
				return acquired;
			}

			const {slot, instance} = acquired.value;
			const startedAt = clock.monotonic();
			const outcome = await instance().call(requestOf(call, slot));
			slot.called(clock.monotonic() - startedAt, outcome.ok);
			return withLogin(outcome, slot.record()) as Outcome<Result>;
		},
		stream,
		attach: call => stream<TerminalOutput>(call),
	};
}

/** Where a plugin brings a login, what is refused for want of one names it. */
function withLogin(outcome: Outcome<unknown>, {id, manifest}: PluginRecord): Outcome<unknown> {
	const brings = (manifest.contributes?.authProviders ?? []).length > 0;
	return outcome.ok || outcome.error.code !== 'CWS_NEEDS_LOGIN' || !brings
		? outcome
		: failed({...outcome.error, fix: `cws auth login ${id}`, details: {...outcome.error.details, plugin: id}});
}
