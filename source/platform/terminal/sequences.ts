/** What we say to a terminal beside Ink's frames. */
export const sequences = {
	pasteOn: '\u001B[?2004h',
	pasteOff: '\u001B[?2004l',
	showCursor: '\u001B[?25h',
	leaveAlternateScreen: '\u001B[?1049l',
	resetStyle: '\u001B[0m',
	clearScreen: '\u001B[2J',
	/** Mouse, focus, cursor keys and number pad as a program that died may have left them. */
	resetInputModes: '\u001B[?1000l\u001B[?1002l\u001B[?1003l\u001B[?1004l\u001B[?1006l\u001B[?1l\u001B>',
} as const;

export const moveToRow = (row: number): string => `\u001B[${row};1H`;
