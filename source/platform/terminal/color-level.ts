/** 0 no colour, 1 the 16 of ANSI, 2 the 256, 3 all of them; the numbers of FORCE_COLOR. */
export type ColorLevel = 0 | 1 | 2 | 3;

type Environment = Readonly<Record<string, string | undefined>>;

const fullColorTerms = /^(?:xterm-kitty|xterm-ghostty|ghostty|wezterm|alacritty|foot|contour|rio)|-direct$/;
const fullColorPrograms = new Set(['iTerm.app', 'vscode', 'WezTerm', 'ghostty', 'Hyper', 'rio', 'Tabby', 'WarpTerminal', 'zed']);

/**
How much colour to use. `isOff` is what the person said on the command line and beats everything; FORCE_COLOR beats NO_COLOR,
as in Node itself. Decided here because chalk 6, which Ink draws with, knows neither NO_COLOR nor these terminals.
*/
export function colorLevel(environment: Environment, isTty: boolean, isOff = false): ColorLevel {
	const forced = forcedLevel(environment['FORCE_COLOR']);
	if (isOff || forced === 0) {
		return 0;
	}

	if (forced !== undefined) {
		return forced === 'detect' ? (Math.max(1, detectedLevel(environment)) as ColorLevel) : forced;
	}

	return !isTty || environment['NO_COLOR'] ? 0 : detectedLevel(environment);
}

// `FORCE_COLOR=1` names a level; `FORCE_COLOR=true` and `FORCE_COLOR=` only say yes.
function forcedLevel(value: string | undefined): ColorLevel | 'detect' | undefined {
	if (value === undefined) {
		return undefined;
	}

	if (value === 'false') {
		return 0;
	}

	return /^\d+$/.test(value) ? (Math.min(3, Number(value)) as ColorLevel) : 'detect';
}

function detectedLevel(environment: Environment): ColorLevel {
	const {TERM: term = '', COLORTERM: colorTerm, TERM_PROGRAM: program} = environment;
	if (term === 'dumb') {
		return 0;
	}

	if (colorTerm === 'truecolor' || colorTerm === '24bit' || environment['WT_SESSION'] !== undefined) {
		return 3;
	}

	// Inside tmux and screen the outer program's name is still set, but they pass on what their own TERM says.
	const isMultiplexed = /^(?:tmux|screen)/.test(term);
	if (fullColorTerms.test(term) || (!isMultiplexed && program !== undefined && fullColorPrograms.has(program))) {
		return 3;
	}

	if (/-256(?:color)?$/.test(term) || program === 'Apple_Terminal') {
		return 2;
	}

	return term === '' && colorTerm === undefined ? 0 : 1;
}
