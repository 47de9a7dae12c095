import {fixOf} from '../../../core/failure/failure.ts';
import {wrapText} from '../../../core/text/text.ts';
import {contributionsOf, sourceKey} from '../../../engine/contributions/resource-types.ts';
import {type Line, span} from '../../components/line/line.ts';
import {type ViewContext} from '../../view/context.ts';
import {isFirstListing} from '../../view/lists/first-listing.ts';
import {sourceNotices} from '../../view/lists/notices.ts';
import {type ViewState} from '../../view/state.ts';
import {type FittedColumn} from './fit-columns.ts';
import {noticeLine} from './notice-line.ts';
import {skeleton} from './skeleton.ts';

type Options = {
	readonly view: ViewState;
	readonly context: ViewContext;
	/** Inside the border. */
	readonly width: number;
	readonly height: number;
	readonly fitted: readonly FittedColumn[];
};

/** Why there is no row, and the key that changes it. */
export function drawEmpty({view, context, width, height, fitted}: Options): readonly Line[] {
	const {engine, keymap} = context;
	const key = (command: string) => span('key', keymap.keysOf(command)[0] ?? `:${command}`);
	const say = (...line: Line): Line => ['   ', ...line];
	if (view.activeFilter !== '') {
		return [
			[],
			say(
				span('text.muted', 'Nothing matches '),
				span('text.default', view.activeFilter),
				span('text.muted', ' · '),
				key('global.cancel'),
				span('text.muted', ' clears the filter'),
			),
		];
	}

	if (view.attentionOnly && context.total > 0) {
		return [
			[],
			say(
				span('health.pass', '● '),
				span('text.default', 'Nothing needs attention'),
				span('text.muted', ' · '),
				key('resources.attention'),
				span('text.muted', ' shows everything'),
			),
		];
	}

	if (isFirstListing(engine)) {
		return skeleton(fitted, height);
	}

	const notices = sourceNotices(engine).map(notice => noticeLine(notice));
	if (!engine.plugins.some(plugin => plugin.state === 'active')) {
		const broken = engine.plugins.find(plugin => plugin.error !== undefined);
		return [
			[],
			say(span('health.fail', '✖ '), span('text.default', 'No plugin is active, so there is nothing to list.')),
			...(broken?.error === undefined
				? []
				: wrapText(`${broken.id}: ${broken.error.message.replace(/\.$/, '')}. Try: ${fixOf(broken.error)}`, Math.max(10, width - 8)).map(
						text => say(span('text.muted', `  ${text}`)),
					)),
			say(
				span('text.muted', '  '),
				key('global.focusPlugins'),
				span('text.muted', ' goes to the plugins, '),
				key('plugins.enable'),
				span('text.muted', ' enables one'),
			),
			...notices,
		];
	}

	return [...firstStep(context), ...(notices.length === 0 ? [] : [[], ...notices])];
}

/** What to do where nothing was ever deployed, although this machine may be in the list. */
export const firstStep = ({keymap}: ViewContext): readonly Line[] => [
	[],
	['   ', span('text.default', 'No workstation yet.')],
	[
		'   ',
		span('text.muted', 'Press '),
		span('key', keymap.keysOf('resources.deploy')[0] ?? ':resources.deploy'),
		span('text.muted', ' to deploy your first one here.'),
	],
];

/** Whether every row is something that was there before cws. */
export function isUntouched({engine, rows, total}: ViewContext): boolean {
	const contributions = contributionsOf(engine.plugins);
	return (
		rows.length === total &&
		rows.every(({provider, type}) => contributions.get(sourceKey(provider, type))?.operations.includes('deploy') === false)
	);
}
