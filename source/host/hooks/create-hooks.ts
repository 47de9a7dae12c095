import {type Failure} from '../../core/failure/failure.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {eventKind} from '../../core/event-catalogue.ts';
import {isOffering} from '../../core/plugin-presence.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type HostLimits} from '../limits.ts';
import {type PluginLog} from '../plugin-log.ts';
import {type PluginTable} from '../plugin-table.ts';
import {type PluginSlot} from '../slot/slot-types.ts';
import {type HookEvent} from './hook-queue.ts';
import {hears, recordOf, type Subscription, subscriptionsOf} from './subscriptions.ts';

type Options = {
	readonly table: () => PluginTable;
	readonly clock: Clock;
	readonly limits: HostLimits;
	readonly logOf: (id: string) => PluginLog | undefined;
};

export type Hooks = Pick<PluginHost, 'emitEvent' | 'prepareEvent'> & {
	/** To be called after a record changed. */
	readonly settle: () => void;
};

/** Tells events to the plugins that handle them. Nobody waits for a handler, and none of them can hurt another. */
export function createHooks({table, clock, limits, logOf}: Options): Hooks {
	let subscriptions: readonly Subscription[] = [];
	/** Plugins whose handlers are shown; those of one that is off are not, but count on when it is back. */
	let shown: ReadonlySet<PluginSlot> = new Set();

	/** One event after the other for each handler, so that a slow one is late for itself alone. */
	async function work(subscription: Subscription) {
		if (subscription.isBusy) {
			return;
		}

		subscription.isBusy = true;
		for (let event = subscription.queue.shift(); event !== undefined; event = subscription.queue.shift()) {
			await deliver(subscription, event);
			tell(subscription);
		}

		subscription.isBusy = false;
	}

	/** What the handler returned; undefined when it failed, which is counted and logged and nothing else. */
	async function deliver(subscription: Subscription, event: HookEvent): Promise<Outcome<unknown> | undefined> {
		const {slot, handler} = subscription;
		const acquired = await slot.acquire();
		if (!acquired.ok) {
			fail(subscription, event, acquired.error);
			return undefined;
		}

		const startedAt = clock.monotonic();
		const instance = slot.current() ?? acquired.value;
		const outcome = await instance.call({method: `events.${handler}`, args: [event], deadlineMs: limits.hookMs});
		slot.called(clock.monotonic() - startedAt, outcome.ok);
		if (!outcome.ok) {
			fail(subscription, event, outcome.error);
			return undefined;
		}

		subscription.handled++;
		return outcome;
	}

	function fail(subscription: Subscription, {type}: HookEvent, {message, cause}: Failure) {
		subscription.failed++;
		logOf(subscription.slot.id)?.add('warn', `\`events.${subscription.handler}\` failed on ${type}: ${cause ?? message}`);
	}

	const tell = ({slot}: Pick<Subscription, 'slot'>) =>
		slot.tell({hooks: subscriptions.filter(other => other.slot === slot && shown.has(slot)).map(recordOf)});

	/** In the order of their priorities, ties in the order of the plugins. */
	const hearing = (type: string, emitter?: string) =>
		subscriptions.filter(subscription => subscription.slot.id !== emitter && hears(subscription, type));

	return {
		settle() {
			const before = subscriptions;
			const {slots, get} = table();
			const next = slots()
				.filter(slot => get(slot.id) === slot)
				.flatMap(slot => subscriptionsOf(slot, before, limits.hookQueue))
				.toSorted((a, b) => a.priority - b.priority);
			const shownBefore = shown;
			shown = new Set(next.map(({slot}) => slot).filter(slot => isOffering(slot.record())));
			if (shown.symmetricDifference(shownBefore).size === 0 && isSameList(next, before)) {
				return;
			}

			subscriptions = next;
			for (const slot of new Set([...before, ...next].map(subscription => subscription.slot))) {
				tell({slot});
			}
		},
		emitEvent(event) {
			for (const subscription of hearing(event.type, event.plugin)) {
				const lost = subscription.queue.dropped();
				subscription.queue.push(event);
				if (subscription.queue.dropped() !== lost) {
					tell(subscription);
				}

				void work(subscription);
			}
		},
		async prepareEvent(name, payload, check) {
			let current = payload;
			for (const subscription of eventKind(name)?.isPrepared === true ? hearing(name) : []) {
				const event: HookEvent = {at: clock.now(), type: name, level: 'info', subject: name, message: name, data: current};
				const outcome = await deliver(subscription, event);
				const patch = outcome?.ok === true ? outcome.value : undefined;
				if (isPatch(patch)) {
					const changed = {...current, ...patch};
					const wrong = check(changed);
					if (wrong === undefined) {
						current = changed;
					} else {
						subscription.handled--;
						fail(subscription, event, wrong);
					}
				}

				tell(subscription);
			}

			return current;
		},
	};
}

const isSameList = (a: readonly Subscription[], b: readonly Subscription[]): boolean =>
	a.length === b.length && a.every((subscription, index) => subscription === b[index]);

const isPatch = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
