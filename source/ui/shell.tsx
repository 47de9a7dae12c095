import {Box, Text} from 'ink';
import {type ComponentType} from 'react';
import {bottomLine} from './components/hint-bar/bottom-line.ts';
import {headerLine} from './components/header/header-line.ts';
import {type Line, paintLine, span} from './components/line/line.ts';
import {DrawBoundary} from './components/pane-frame/draw-boundary.tsx';
import {ActivityPane} from './panes/activity/activity-pane.tsx';
import {CardPane} from './panes/card/card-pane.tsx';
import {CostPane} from './panes/cost/cost-pane.tsx';
import {type PaneProps} from './panes/pane-props.ts';
import {PluginsPane} from './panes/plugins/plugins-pane.tsx';
import {ResourcesPane} from './panes/resources/resources-pane.tsx';
import {Screen} from './screens/registry.ts';
import {type Theme} from './theme/tokens.ts';
import {type ViewContext} from './view/context.ts';
import {layoutOf} from './view/layout.ts';
import {costRect, shownCards} from './view/plugin-panes/cards.ts';
import {type PaneId, paneIds, type ViewState} from './view/state.ts';

type Props = {readonly view: ViewState; readonly context: ViewContext; readonly theme: Theme};

const panes: Readonly<Record<PaneId, {readonly title: string; readonly component: ComponentType<PaneProps>}>> = {
	plugins: {title: 'Plugins', component: PluginsPane},
	resources: {title: 'Resources', component: ResourcesPane},
	cost: {title: 'Cost', component: CostPane},
	activity: {title: 'Activity', component: ActivityPane},
};

/** Header, panes or the top screen, and the bottom line: everything but the overlays. */
export function Shell({view, context, theme}: Props) {
	const {columns, rows} = view.size;
	const screen = view.screens.at(-1);
	const layout = layoutOf(view);
	const cards = screen === undefined ? shownCards(view, context.engine.plugins) : [];
	const causes = [view, context];
	const screenHeight = layout.body.height;
	return (
		<>
			<DrawBoundary causes={causes} theme={theme}>
				<DrawnLine line={headerLine} view={view} context={context} theme={theme} />
			</DrawBoundary>
			{screen === undefined ? (
				<>
					{layout.mode === 'tabs' && <DrawnLine line={tabsLine} view={view} context={context} theme={theme} />}
					{paneIds.map(id => {
						const own = layout.panes[id];
						const rect = own && id === 'cost' ? costRect(own, cards) : own;
						return (
							rect && (
								<Box key={id} position="absolute" left={rect.x} top={rect.y} width={rect.width} height={rect.height}>
									<Pane id={id} rect={rect} view={view} context={context} theme={theme} isFocused={view.focus === id} />
								</Box>
							)
						);
					})}
					{cards.map(card => (
						<Box
							key={card.pane.key}
							position="absolute"
							left={card.rect.x}
							top={card.rect.y}
							width={card.rect.width}
							height={card.rect.height}
						>
							<DrawBoundary
								causes={causes}
								theme={theme}
								frame={{title: card.pane.title, width: card.rect.width, height: card.rect.height, isFocused: false}}
							>
								<CardPane card={card} view={view} theme={theme} />
							</DrawBoundary>
						</Box>
					))}
				</>
			) : (
				<Box position="absolute" left={0} top={1} width={columns} height={screenHeight}>
					<DrawBoundary causes={causes} theme={theme} frame={{title: screen.kind, width: columns, height: screenHeight, isFocused: true}}>
						<Screen state={screen} context={context} view={view} theme={theme} width={columns} height={screenHeight} />
					</DrawBoundary>
				</Box>
			)}
			<Box position="absolute" left={0} top={rows - 1} width={columns} height={1}>
				<DrawBoundary causes={causes} theme={theme}>
					<DrawnLine line={bottomLine} view={view} context={context} theme={theme} />
				</DrawBoundary>
			</Box>
		</>
	);
}

function DrawnLine({line, view, context, theme}: Props & {readonly line: (view: ViewState, context: ViewContext) => Line}) {
	return <Text wrap="truncate">{paintLine(theme, line(view, context), view.size.columns)}</Text>;
}

function Pane({id, ...props}: PaneProps & {readonly id: PaneId}) {
	const {title, component: Component} = panes[id];
	const {rect, theme, isFocused, view, context} = props;
	const frame = {number: paneIds.indexOf(id) + 1, title, width: rect.width, height: rect.height, isFocused};
	return (
		<DrawBoundary causes={[view, context]} theme={theme} frame={frame}>
			<Component {...props} />
		</DrawBoundary>
	);
}

const tabsLine = ({focus, size}: ViewState): Line => [
	' ',
	...paneIds.flatMap((id, index): Line => [
		index === 0 ? '' : size.columns < 46 ? ' ' : '   ',
		span(id === focus ? 'key' : 'text.faint', `${index + 1} `),
		span(id === focus ? 'title.focus' : 'text.muted', panes[id].title),
	]),
];
