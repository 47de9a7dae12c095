import {failure, FailureError} from '../core/failure/failure.ts';
import {ok} from '../core/failure/outcome.ts';
import {isEnded, type Operation} from '../core/operation.ts';
import {createCommands} from './run/run-command.ts';
import {createDatabase} from './database.ts';
import {type Engine, type EnginePorts} from './engine.ts';
import {initialState} from './initial-state.ts';
import {mapOutcome} from '../core/failure/outcome.ts';
import {chooseFlow, findLogin} from './logins/find-login.ts';
import {createInventory} from './inventory/inventory.ts';
import {createPluginFollower} from './inventory/follow-plugins.ts';
import {createPoller} from './inventory/poll/poller.ts';
import {createReadBack} from './inventory/read-back.ts';
import {createSourceSaver} from './inventory/save-sources.ts';
import {createOperationLog} from './operations/operation-log.ts';
import {createOperations} from './operations/operations.ts';
import {createAuditLog} from './records/audit-log.ts';
import {createEventLog} from './records/event-log.ts';
import {startHealthLoop} from './records/health-loop.ts';
import {createStateRecorder} from './records/record-states.ts';
import {claimRecorder, startRecorder} from './records/recorder.ts';
import {createSpendKeeper} from './records/refresh-spend.ts';
import {createSeenReporter} from './inventory/seen/report-seen.ts';
import {addEvents} from './reducers/event-reducers.ts';
import {mergeOperations} from './reducers/operation-reducers.ts';
import {resolveResource} from './resolve-resource.ts';
import {createResourceCalls} from './resource-calls.ts';
import {findSecret} from './run/find-secret.ts';
import {previewInstall} from './run/install-plugin.ts';
import {readPane} from './read-pane.ts';
import {readSecrets} from './read-secrets.ts';
import {createStateStore, type StateStore} from './state-store.ts';
import {createTemplates} from './templates/create-templates.ts';

const hostStopMs = 8000;
const handOverMs = 2000;

/** Wires the use cases to their ports. */
export function createEngine(ports: EnginePorts): Engine {
	const {host, secrets, savePluginConfig, saveTrust, installer, clock, settings, process} = ports;
	const database = createDatabase(ports.store);
	const inventory = createInventory(() => state);
	const state: StateStore = createStateStore({clock, initial: initialState(ports), collect: inventory.collect});
	const events = createEventLog({state, database, clock, tell: host.emitEvent});
	const audit = createAuditLog({database, clock, process});
	const log = createOperationLog({state, database, clock});
	const reportSeen = createSeenReporter({state, clock, events});
	const saver = createSourceSaver({database, clock, inventory, isRecorder: () => state.get().recorder.isMine});
	const poller = createPoller({
		host,
		clock,
		inventory,
		refreshSeconds: settings.refreshSeconds,
		onSeen: reportSeen,
		onComplete: saver.save,
	});
	const readBack = createReadBack({host, clock, inventory, poll: poller.poll});
	const operations = createOperations({
		parts: {host, clock, inventory, log, events, audit, readBack, poll: poller.poll},
		state,
		process,
	});
	const calls = createResourceCalls({host, state, inventory, readBack});
	const templates = createTemplates({host, read: ports.readTemplates});
	const commands = createCommands({
		templates,
		host,
		clock,
		secrets,
		savePluginConfig,
		saveTrust,
		installer,
		state,
		database,
		inventory,
		poller,
		log,
		operations,
		events,
		audit,
		read: calls.read,
	});
	const states = createStateRecorder({database, clock, state, isPlaceholder: inventory.overlays.isPlaceholder});
	const spend = createSpendKeeper({database, clock, state, settings});
	const plugins = createPluginFollower({host, clock, state, inventory, poller, events, reportSeen});
	const stops: (() => void)[] = [plugins.stop];
	let isStarted = false;
	let isUnrecorded = false;
	const recordLook = async () => {
		isUnrecorded = false;
		if (!isStarted) {
			await states.record();
		}
	};

	const whenEnded: Engine['whenEnded'] = async (id, {signal, onChange} = {}) => {
		const {promise, resolve} = Promise.withResolvers<Operation>();
		const check = (operation: Operation) => {
			if (operation.id !== id) {
				return;
			}

			onChange?.(operation);
			if (isEnded(operation.state)) {
				resolve(operation);
			}
		};
		const known = log.get(id);
		if (known === undefined) {
			throw new FailureError(failure('CWS_NO_TASK', {message: `No operation \`${id}\`.`}));
		}

		const unsubscribe = log.subscribe(check);
		const onAbort = () => {
			resolve(log.get(id) ?? known);
		};
		signal?.addEventListener('abort', onAbort, {once: true});
		check(known);
		if (signal?.aborted) {
			onAbort();
		}

		const ended = await promise;
		unsubscribe();
		signal?.removeEventListener('abort', onAbort);
		state.flush();
		return ended;
	};

	return {
		getState: state.get,
		subscribe: state.subscribe,
		async load({isWithRecords = true} = {}) {
			plugins.sync();
			const [stored, oldEvents, oldOperations] = await Promise.all([
				database(store => store.loadInventory()),
				isWithRecords ? database(store => store.readEvents({limit: 500})) : ok([]),
				isWithRecords ? database(store => store.readOperations({limit: 200})) : ok([]),
			]);
			const store = await ports.store.catch(() => undefined);
			if (stored.ok) {
				inventory.restore(stored.value);
			}

			const notices = [...(store?.notices() ?? []), ...(stored.ok ? [] : [stored.error])];
			state.update(current => {
				const withEvents = oldEvents.ok ? addEvents(current, oldEvents.value) : current;
				const withOperations = oldOperations.ok ? mergeOperations(withEvents, oldOperations.value) : withEvents;
				return {...withOperations, phase: 'ready', notices: [...current.notices, ...notices]};
			});
		},
		start() {
			if (isStarted) {
				return;
			}

			isStarted = true;
			plugins.start();
			host.emitEvent({at: clock.now(), type: 'app.ready', level: 'info', subject: 'cws', message: 'cws is ready.'});
			const health = startHealthLoop(host, clock);
			stops.push(
				health.stop,
				host.subscribe({onRecords: health.onRecords}),
				startRecorder({database, clock, state, inventory, poller, log, onClaim: host.setRecorder, onMine: operations.takeOver}),
				states.start(),
				spend.start(),
			);
		},
		async refreshOnce(filter = {}) {
			plugins.sync();
			const wanted = inventory
				.sources()
				.filter(
					({contribution}) =>
						(filter.provider === undefined || contribution.provider === filter.provider) &&
						(filter.type === undefined || contribution.type === filter.type),
				);
			const polls = wanted.map(source => poller.poll(source));
			// A verb that looks is as good a witness as a dashboard, when there is none.
			const claimed = isStarted ? [] : [claimRecorder(database, state)];
			await Promise.all([...polls, ...claimed]);
			if (filter.isWithSpend === false) {
				isUnrecorded = !isStarted;
			} else {
				await recordLook();
				await spend.refresh();
			}

			state.flush();
		},
		async stop(deadlineMs = hostStopMs) {
			if (isUnrecorded) {
				await recordLook();
			}

			state.update(current => ({...current, phase: 'stopping'}));
			await operations.stop(Math.min(handOverMs, deadlineMs));
			saver.flush(state.flush().sources);
			for (const stop of stops.toReversed()) {
				stop();
			}

			poller.stop();
			host.emitEvent({at: clock.now(), type: 'app.shutdown', level: 'info', subject: 'cws', message: 'cws ends.'});
			const undead = await host.stop(deadlineMs);
			await Promise.all([events.settled(), audit.settled(), log.settled()]);
			const store = await ports.store.catch(() => undefined);
			await store?.close();
			state.close();
			return undead;
		},
		run: commands.run,
		plan: commands.plan,
		whenEnded,
		resolve: text => resolveResource(state.flush(), text),
		...calls,
		...templates,
		readEvents: query => database(store => store.readEvents(query)),
		readAudit: query => database(store => store.readAudit(query)),
		readPane: (pane, signal) => readPane(host, pane, signal),
		findSecret: (plugin, name) => findSecret(host.records(), plugin, name),
		findLogin(name, flow) {
			const login = findLogin(host.records(), name);
			return login.ok ? mapOutcome(chooseFlow(login.value, flow), chosen => ({...login.value, flow: chosen})) : login;
		},
		previewInstall: (source, signal) => previewInstall({installer}, source, signal),
		addNotice(problem) {
			state.update(current => ({...current, notices: [...current.notices, problem]}));
		},
		readSecrets: async () => readSecrets({host, secrets}),
		readOperations: query => database(store => store.readOperations(query)),
	};
}
