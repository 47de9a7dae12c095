import {Box, Text} from 'ink';
import {useMemo, useSyncExternalStore} from 'react';
import {DrawBoundary} from './components/pane-frame/draw-boundary.tsx';
import {Overlay} from './overlays/registry.ts';
import {Shell} from './shell.tsx';
import {dimTheme} from './theme/create-theme.ts';
import {type Theme} from './theme/tokens.ts';
import {layoutOf, minimumSize} from './view/layout.ts';
import {type ViewStore} from './view/create-view-store.ts';

type Props = {readonly store: ViewStore; readonly theme: Theme};

/** The whole screen, exactly as big as the terminal; drawn from the store's snapshot and nothing else. */
export function Dashboard({store, theme}: Props) {
	const {view, context} = useSyncExternalStore(store.subscribe, store.getSnapshot);
	const overlay = view.overlays.at(-1);
	const dimmed = useMemo(() => dimTheme(theme), [theme]);
	const {columns, rows} = view.size;
	if (layoutOf(view).mode === 'tooSmall') {
		return <Text wrap="truncate">{tooSmallText(columns, rows)}</Text>;
	}

	return (
		<Box width={columns} height={rows} flexDirection="column">
			<Shell view={view} context={context} theme={overlay === undefined ? theme : dimmed} />
			{overlay && (
				<DrawBoundary causes={[view, context]} theme={theme} frame={{title: overlay.kind, width: columns, height: 8, isFocused: true}}>
					<Overlay state={overlay} context={context} view={view} theme={theme} />
				</DrawBoundary>
			)}
		</Box>
	);
}

// The longest that fits says most.
function tooSmallText(columns: number, rows: number): string {
	const needs = `needs ${minimumSize.columns}×${minimumSize.rows}`;
	const words = [`${needs}, have ${columns}×${rows} · q quits`, `${needs}, have ${columns}×${rows}`, needs];
	return words.find(text => text.length <= columns) ?? needs.slice(0, columns);
}
