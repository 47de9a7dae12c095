import {type Line, span} from '../line/line.ts';

export type Button = {
	readonly id: string;
	readonly label: string;
	/** A locked button is drawn faint and never has the focus. */
	readonly isDisabled?: boolean;
	/** What it does cannot be taken back. */
	readonly isDangerous?: boolean;
};

/** The row of buttons at the foot of a dialog; the focused one is the only one Enter presses. */
export function buttonsLine(buttons: readonly Button[], focus: string): Line {
	return buttons.flatMap(({id, label, isDisabled, isDangerous}, index) => {
		const gap = index === 0 ? [] : ['  '];
		if (id === focus && !isDisabled) {
			return [...gap, span('button.focusText', ` ${label} `, {on: 'button.focusBackground', bold: true})];
		}

		const token = isDisabled ? 'button.disabledText' : isDangerous ? 'health.fail' : 'button.text';
		return [...gap, span(token, ` ${label} `, {on: 'button.background'})];
	});
}
