import {failure, isFailure, toFailure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type Manifest} from '../core/manifest.ts';
import {type PluginRecord} from '../core/plugin.ts';
import {type PluginCall, type PluginHost, type PluginHostListener} from '../core/ports/plugin-host.ts';
import {firstRecord} from '../host/slot/first-record.ts';
import {type TestPlugin} from './start-plugin.ts';

/** A host of one plugin that runs in this process: every call goes straight to it. */
export function createMemoryHost(manifest: Manifest, running: TestPlugin): PluginHost {
	const {id} = manifest;
	const listeners = new Set<PluginHostListener>();
	let record: PluginRecord = {
		...firstRecord({manifest, origin: 'directory', directory: `/plugins/${id}`}, {isDisabled: false, canRun: true}),
		state: 'active',
		generation: 1,
		startedAt: running.clock.now(),
		health: {status: 'pass'},
	};

	function change(patch: Partial<PluginRecord>): Outcome<PluginRecord> {
		record = {...record, ...patch};
		listeners.forEach(({onRecords}) => onRecords?.([record]));
		return ok(record);
	}

	const refusal = (plugin: string) =>
		plugin !== id
			? failure('CWS_NO_PLUGIN', {message: `No plugin has the id \`${plugin}\`.`})
			: record.state === 'active'
				? undefined
				: failure('CWS_PLUGIN_DISABLED', {message: `The plugin \`${id}\` is ${record.state}.`});

	const context = ({signal, onProgress}: PluginCall) => ({
		...(signal !== undefined && {signal}),
		...(onProgress !== undefined && {progress: onProgress}),
	});

	async function call<Result>(request: PluginCall): Promise<Outcome<Result>> {
		const refused = refusal(request.plugin);
		if (refused !== undefined) {
			return failed(refused);
		}

		try {
			return ok(await running.call<Result>(request.method, request.args, context(request)));
		} catch (error) {
			return failed(failureOf(error));
		}
	}

	async function* streamOf(request: PluginCall): AsyncGenerator<Outcome<readonly unknown[]>> {
		const refused = refusal(request.plugin);
		if (refused !== undefined) {
			yield failed(refused);
			return;
		}

		try {
			for (const item of await running.collect(request.method, request.args, context(request))) {
				yield ok([item]);
			}
		} catch (error) {
			yield failed(failureOf(error));
		}
	}

	const set = async (patch: Partial<PluginRecord>) => change(patch);
	const notHere = async (): Promise<Outcome<never>> =>
		failed(failure('CWS_NOT_SUPPORTED', {message: 'The host of a test has no such thing.'}));
	return {
		records: () => [record],
		subscribe(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		call,
		stream: streamOf as PluginHost['stream'],
		async *attach() {
			yield await notHere();
		},
		async checkHealth() {
			const health = await running.health();
			change({health});
			return ok(health);
		},
		start: () => set({state: 'active'}),
		enable: () => set({state: 'active'}),
		disable: () => set({state: 'disabled'}),
		async followDisabled() {},
		reload: () => set({generation: record.generation + 1}),
		grant: () => set({state: 'active'}),
		deny: () => set({state: 'blocked'}),
		load: async () => ok({status: 'already_loaded', record}),
		unload: async () => ok({status: 'unloaded', record: {...record, ...change({state: 'stopped'})}}),
		rescan: async () => [record],
		reconfigure: notHere,
		initializationOrder: () => [id],
		setRecorder() {},
		runTask: async (plugin, task) => {
			const handler = manifest.contributes?.tasks?.find(({name}) => name === task)?.handler ?? task;
			const done = await call<boolean | undefined>({plugin, method: `tasks.${handler}`, args: []});
			return done.ok ? ok(undefined) : done;
		},
		cancelTask: notHere,
		pauseTask: notHere,
		resumeTask: notHere,
		emitEvent(event) {
			for (const {on, handler} of manifest.contributes?.events ?? []) {
				if (on === '*' || on === event.type || (on.endsWith('.*') && event.type.startsWith(on.slice(0, -1)))) {
					void call({plugin: id, method: `events.${handler}`, args: [event]});
				}
			}
		},
		prepareEvent: async (_name, payload) => payload,
		logs: () => running.logs.map(({level, message}) => ({at: running.clock.now(), plugin: id, level: level as 'info', message})),
		async stop() {
			await running.stop();
			return [];
		},
	};
}

function failureOf(error: unknown) {
	const own = (error as {readonly failure?: unknown} | undefined)?.failure;
	return isFailure(own) ? own : toFailure(error, 'CWS_PLUGIN_FAILED');
}
