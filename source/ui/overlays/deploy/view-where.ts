import {textWidth} from '../../../core/text/text.ts';
import {type Contribution} from '../../../engine/contributions/resource-types.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {cell, cutLine, type Line, lineWidth, span} from '../../components/line/line.ts';
import {menuWindow} from '../../components/menu/menu.ts';
import {matchedSpans, menuRow, queryLine} from '../../components/menu/menu-lines.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type DeployOverlay} from './deploy-state.ts';
import {type Offer, offerText} from './offers.ts';
import {whereOffers} from './templates.ts';
import {offerRows} from './update-deploy.ts';

// Room for ` template · local/vm`.
const remarkCells = 19;

/** The first step: what can be deployed where, and templates. */
export function whereParts(
	state: DeployOverlay,
	context: ViewContext,
	view: ViewState,
	width: number,
): Pick<DialogView, 'body' | 'footer' | 'anchor'> {
	const offers = whereOffers(context.engine, state);
	const rows = menuWindow(offers, state.menu, offerRows(view));
	const current = rows.find(({isCurrent}) => isCurrent)?.item;
	const nameWidth = Math.min(Math.max(19, ...rows.map(({item}) => textWidth(offerName(item)))), Math.floor(width * 0.4));
	// Of what is left the titles have what they need, as far as a remark can still begin.
	const titleWidth = Math.min(
		Math.max(12, ...rows.map(({item}) => textWidth(offerTitle(item)))),
		Math.max(12, width - nameWidth - remarkCells - 5),
	);
	return {
		body: [
			queryLine('❯', state.menu, 'type to narrow: provider, type or template', width),
			[],
			...(offers.length === 0 ? [[span('text.muted', noOffers(context, state))]] : []),
			...rows.map(({item, isCurrent}) =>
				menuRow(offerLine(item, {nameWidth, titleWidth, width}), isCurrent && state.focus === 'list', width),
			),
		],
		anchor:
			2 +
			Math.max(
				0,
				rows.findIndex(({isCurrent}) => isCurrent),
			),
		footer: [
			...saidBelow(state, offers, current, {nameWidth, titleWidth, width}),
			[
				...buttonsLine(
					[
						{id: 'cancel', label: 'Cancel'},
						{id: 'next', label: 'Next', isDisabled: current === undefined || current.unavailable !== undefined},
					],
					state.focus,
				),
				span('text.muted', width < 60 ? '' : '   Enter picks · Esc cancels'),
			],
		],
	};
}

/** The whole remark of the row under the cursor where the list cuts any, and how many templates cannot be offered because of a mistake. */
function saidBelow(
	{templates}: DeployOverlay,
	offers: readonly Offer[],
	current: Offer | undefined,
	{nameWidth, titleWidth, width}: OfferWidths,
): readonly Line[] {
	const room = width - nameWidth - (width < 60 ? 0 : titleWidth + 1) - 4;
	const isCut = (offer: Offer) => textWidth(remarkOf(offer)) > room;
	const broken =
		templates.status === 'ready'
			? templates.value.filter(({problems, hiddenBy}) => problems.length > 0 && hiddenBy === undefined).length
			: 0;
	const lines: readonly Line[] = [
		// One line whatever the cursor is on, so that the box does not jump.
		...(offers.some(offer => isCut(offer))
			? [[span('text.muted', current === undefined || !isCut(current) ? ' ' : remarkOf(current))]]
			: []),
		...(broken === 0
			? []
			: [
					[
						span('health.warn', `▲ ${broken === 1 ? 'one template has a mistake' : `${broken} templates have mistakes`}`),
						span('text.muted', ' · :templates says where'),
					],
				]),
	];
	return lines.length === 0 ? [] : [...lines, []];
}

const noOffers = ({engine}: ViewContext, {menu}: DeployOverlay): string =>
	menu.query.value === ''
		? engine.phase === 'starting'
			? 'Plugins are starting …'
			: 'No plugin offers anything to deploy.'
		: `Nothing is called \`${menu.query.value}\`.`;

const offerName = ({contribution, template}: Offer): string => template?.name ?? offerText(contribution);

const offerTitle = ({contribution, template}: Offer): string => template?.title ?? contribution.title ?? contribution.type;

const remarkOf = ({contribution, template, unavailable, note}: Offer): string =>
	unavailable ?? note ?? (template === undefined ? rangeOf(contribution) : `template · ${offerText(contribution)}`);

type OfferWidths = {readonly nameWidth: number; readonly titleWidth: number; readonly width: number};

function offerLine(offer: Offer, {nameWidth, titleWidth, width}: OfferWidths): Line {
	const {unavailable, note, at} = offer;
	const isOff = unavailable !== undefined;
	const name = cutLine(matchedSpans(offerName(offer), at, isOff ? 'text.faint' : 'text.strong'), nameWidth);
	return [
		span(isOff ? 'text.faint' : 'health.pass', isOff ? ' ○ ' : ' ● '),
		...name,
		' '.repeat(nameWidth - lineWidth(name) + 1),
		...(width < 60 ? [] : [cell(isOff ? 'text.faint' : 'text.default', offerTitle(offer), titleWidth), ' ']),
		// What is not here is no alarm.
		span(!isOff && note !== undefined ? 'health.warn' : 'text.muted', remarkOf(offer)),
	];
}

// Where and how large it can be; a plugin without either says what it is.
function rangeOf({regions = [], sizes = [], plugin}: Contribution): string {
	const parts = [
		...(regions.length === 0 ? [] : [`${regions.length} ${regions.length === 1 ? 'region' : 'regions'}`]),
		...(sizes.length === 0 ? [] : [`${sizes.length} ${sizes.length === 1 ? 'size' : 'sizes'}`]),
	];
	return parts.length === 0 ? (plugin.manifest.description ?? '') : parts.join(' · ');
}
