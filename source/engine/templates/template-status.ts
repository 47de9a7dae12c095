import {type TemplateRow} from './template-library.ts';

/** Where a template stands in a word or two: `ready`, `2 problems`, `abstract` (made to be inherited), `hidden` by another of its name. */
export const templateStatus = ({hiddenBy, problems, own}: Pick<TemplateRow, 'hiddenBy' | 'problems' | 'own'>): string =>
	hiddenBy !== undefined
		? 'hidden'
		: problems.length > 0
			? `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`
			: own.abstract === true
				? 'abstract'
				: 'ready';
