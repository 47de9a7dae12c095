import {render, useApp} from 'ink';
import {useLayoutEffect, useMemo, useSyncExternalStore} from 'react';
import {Dashboard} from './dashboard.tsx';
import {type ColorLevel, createTheme} from './theme/create-theme.ts';
import {type ThemeList} from './theme/theme-list.ts';
import {type ViewStore} from './view/create-view-store.ts';

export type MountOptions = {
	readonly store: ViewStore;
	readonly themes: ThemeList;
	readonly colorLevel: ColorLevel;
	readonly stdin: NodeJS.ReadableStream;
	readonly stdout: NodeJS.WriteStream;
};

export type MountedDashboard = {
	/** Resolves when the first frame is written. */
	readonly drawn: Promise<void>;
	/** Leaves the screen to what `run` does and draws everything again afterwards. */
	readonly suspend: (run: () => Promise<void>) => Promise<void>;
	readonly unmount: () => void;
	/** Rejects when drawing broke beyond what a pane's own boundary catches. */
	readonly ended: Promise<unknown>;
};

type Suspend = (run: () => Promise<void>) => Promise<void>;

/** The one call of Ink's `render`. Keys never go through Ink. */
export function mountDashboard({store, themes, colorLevel, stdin, stdout}: MountOptions): MountedDashboard {
	let suspend: Suspend | undefined;
	const onReady = (ready: Suspend) => {
		suspend = ready;
	};

	const ink = render(<Root store={store} themes={themes} colorLevel={colorLevel} onReady={onReady} />, {
		stdin,
		stdout,
		alternateScreen: true,
		incrementalRendering: true,
		patchConsole: false,
		exitOnCtrlC: false,
		interactive: true,
		// So that a key is never held back by the frame before it.
		maxFps: 120,
	});
	return {
		drawn: ink.waitUntilRenderFlush(),
		suspend: async run => (suspend === undefined ? run() : suspend(run)),
		unmount: ink.unmount,
		ended: ink.waitUntilExit(),
	};
}

type RootProps = Pick<MountOptions, 'store' | 'themes' | 'colorLevel'> & {readonly onReady: (suspend: Suspend) => void};

function Root({store, themes, colorLevel, onReady}: RootProps) {
	const {suspendTerminal} = useApp();
	const name = useSyncExternalStore(store.subscribe, () => store.getState().theme);
	const all = useSyncExternalStore(themes.subscribe, themes.get);
	const theme = useMemo(() => createTheme(all.find(one => one.name === name) ?? all[0]!, colorLevel), [all, name, colorLevel]);
	useLayoutEffect(() => {
		onReady(async run => {
			await suspendTerminal(run);
		});
	}, [onReady, suspendTerminal]);
	return <Dashboard store={store} theme={theme} />;
}
