import {isTransitional, type ResourceStatus} from '../../../core/resource.ts';
import {type Token} from '../../theme/tokens.ts';

export type StatusLook = {readonly glyph: string; readonly token: Token};

const looks: Readonly<Partial<Record<ResourceStatus, StatusLook>>> = {
	running: {glyph: '●', token: 'status.running'},
	stopped: {glyph: '○', token: 'status.stopped'},
	hibernated: {glyph: '◑', token: 'status.hibernated'},
	failed: {glyph: '✖', token: 'status.failed'},
	deleted: {glyph: '○', token: 'status.stopped'},
};

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** One glyph of the one spinner. */
export const spinnerGlyph = (frame: number): string => frames[frame % frames.length]!;

/** A state is a glyph, a word and a colour; never the colour alone. Without a spinner what changes waits, as in a queue. */
export function statusLook(status: ResourceStatus, spinner: number | undefined): StatusLook {
	if (isTransitional(status)) {
		return {glyph: spinner === undefined ? '◌' : spinnerGlyph(spinner), token: 'status.changing'};
	}

	return looks[status] ?? {glyph: '?', token: 'status.unknown'};
}
