import {hearsEvent} from '../../core/event-catalogue.ts';
import {coversTopic} from '../../core/permissions/covers.ts';
import {type HookRecord} from '../../core/plugin-parts.ts';
import {type PluginSlot} from '../slot/slot-types.ts';
import {createHookQueue, type HookQueue} from './hook-queue.ts';

/** One handler of one plugin. */
export type Subscription = {
	readonly slot: PluginSlot;
	readonly on: string;
	readonly handler: string;
	readonly priority: number;
	readonly queue: HookQueue;
	/** Whether it works on an event now. */
	isBusy: boolean;
	handled: number;
	failed: number;
};

export const recordOf = ({on, handler, priority, handled, failed, queue}: Subscription): HookRecord => ({
	on,
	handler,
	priority,
	handled,
	failed,
	dropped: queue.dropped(),
});

/** What a plugin's manifest asks to hear, within what it may; the counters go on over a reload. */
export function subscriptionsOf(slot: PluginSlot, before: readonly Subscription[], capacity: number): readonly Subscription[] {
	const {manifest, origin} = slot.record();
	return (manifest.contributes?.events ?? [])
		.filter(({on}) => origin === 'bundled' || coversTopic(manifest.permissions?.events?.subscribe, on))
		.map(({on, handler, priority = 500}) => {
			const known = before.find(
				other => other.slot === slot && other.on === on && other.handler === handler && other.priority === priority,
			);
			return known ?? {slot, on, handler, priority, queue: createHookQueue(capacity), isBusy: false, handled: 0, failed: 0};
		});
}

/** A running plugin hears what it asked for; one that does not run only what its activation names. */
export function hears({slot, on}: Subscription, type: string): boolean {
	const {state, manifest} = slot.record();
	if (!hearsEvent(on, type)) {
		return false;
	}

	if (slot.current() !== undefined) {
		return true;
	}

	const {activation} = manifest;
	const wakes = activation === undefined || activation.some(event => event.startsWith('onEvent:') && hearsEvent(event.slice(8), type));
	return wakes && (state === 'discovered' || state === 'starting' || state === 'backoff');
}
