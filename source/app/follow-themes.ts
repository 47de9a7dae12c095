import {type PluginRecord} from '../core/plugin.ts';
import {type Engine} from '../engine/engine.ts';
import {isPresent} from '../core/plugin-presence.ts';
import {type ThemeDefinition} from '../ui/theme/tokens.ts';
import {allThemes} from './plugin-themes.ts';

/** Keeps the list of themes as the plugins are; nothing is read while none of them brings one. Returns the end of it. */
export function followThemes(
	engine: Pick<Engine, 'getState' | 'subscribe'>,
	onThemes: (themes: readonly ThemeDefinition[]) => void,
): () => void {
	let plugins: readonly PluginRecord[] = [];
	let before = '';
	let isStopped = false;

	const look = () => {
		const next = engine.getState().plugins;
		if (next === plugins) {
			return;
		}

		plugins = next;
		const own = next.filter(record => isPresent(record) && (record.manifest.contributes?.themes?.length ?? 0) > 0);
		const now = own.map(({id, generation, manifest: {version}}) => `${id} ${version} ${generation}`).join('\n');
		if (now === before) {
			return;
		}

		before = now;
		void allThemes(next).then(({themes}) => {
			if (!isStopped && before === now) {
				onThemes(themes);
			}
		});
	};

	look();
	const unsubscribe = engine.subscribe(look);
	return () => {
		isStopped = true;
		unsubscribe();
	};
}
