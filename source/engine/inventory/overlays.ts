import {isTransitional, type Resource, type ResourceStatus} from '../../core/resource.ts';
import {type ResourceRef} from '../../core/reference.ts';
import {sourceKey} from '../contributions/resource-types.ts';

/** What an operation in flight makes of the row it works on, until the provider itself shows it. */
export type Overlay = {
	readonly status: ResourceStatus;
	readonly expects: readonly ResourceStatus[];
	/** The provider has taken the operation, so a row that shows what is expected is to be believed. */
	readonly isAccepted: boolean;
};

export type Overlays = {
	readonly set: (ref: ResourceRef, overlay: Overlay) => void;
	/** Ends it; gives the row as the provider last showed it. */
	readonly clear: (ref: ResourceRef) => Resource | undefined;
	/** Remembers the provider's row and gives the one to show. */
	readonly apply: (row: Resource) => Resource;
	/** The row as the provider last showed it, where an overlay hides it. */
	readonly real: (ref: ResourceRef) => Resource | undefined;
	/** Registers the row that stands for a deploy whose id nobody knows yet. */
	readonly expect: (placeholder: Resource) => void;
	/** The placeholder that this row is what was waited for, forgotten by asking. */
	readonly adopt: (row: Resource) => ResourceRef | undefined;
	readonly forget: (placeholder: ResourceRef) => void;
	readonly isPlaceholder: (ref: ResourceRef) => boolean;
};

export function createOverlays(): Overlays {
	const overlays = new Map<ResourceRef, {overlay: Overlay; real?: Resource}>();
	const placeholders = new Map<string, ResourceRef>();
	const nameKey = ({provider, type, name}: Resource) => `${sourceKey(provider, type)}/${name}`;

	return {
		set(ref, overlay) {
			overlays.set(ref, {...overlays.get(ref), overlay});
		},
		clear(ref) {
			const real = overlays.get(ref)?.real;
			overlays.delete(ref);
			return real;
		},
		apply(row) {
			// Most of the time nothing is in flight, and lists are long.
			const entry = overlays.size === 0 ? undefined : overlays.get(row.ref);
			if (entry === undefined) {
				return row;
			}

			entry.real = row;
			const {status, expects, isAccepted} = entry.overlay;
			return isTransitional(row.status) || (isAccepted && expects.includes(row.status)) ? row : {...row, status};
		},
		real: ref => overlays.get(ref)?.real,
		expect(placeholder) {
			placeholders.set(nameKey(placeholder), placeholder.ref);
		},
		adopt(row) {
			const ref = placeholders.size === 0 ? undefined : placeholders.get(nameKey(row));
			if (ref !== undefined) {
				placeholders.delete(nameKey(row));
			}

			return ref;
		},
		forget(placeholder) {
			for (const [key, ref] of placeholders) {
				if (ref === placeholder) {
					placeholders.delete(key);
				}
			}
		},
		isPlaceholder: ref => placeholders.size > 0 && placeholders.values().some(placeholder => placeholder === ref),
	};
}
