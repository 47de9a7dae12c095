import {wrapText} from '../../../core/text/text.ts';
import {type Token} from '../../theme/tokens.ts';
import {type Line, span} from '../../components/line/line.ts';

export const factLabelWidth = 10;

/** `where     aws · account lab`: a label column and what it says. */
export const factLine = (label: string, ...value: Line): Line => [
	span('text.muted', label.length < factLabelWidth ? label.padEnd(factLabelWidth) : `${label.slice(0, factLabelWidth - 2)}… `),
	...value,
];

/** The same for words that may need more than one line. */
export const factLines = (label: string, text: string, width: number, token: Token = 'text.default'): readonly Line[] =>
	wrapText(text, Math.max(8, width - factLabelWidth)).map((line, index) => factLine(index === 0 ? label : '', span(token, line)));
