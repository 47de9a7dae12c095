import midnight from '../../../../themes/midnight.json' with {type: 'json'};
import {linkSdk} from '../../../app/link-sdk.ts';
import {version} from '../../../app/version.ts';
import {writeNewFiles} from '../../../platform/files/folders.ts';
import {paneFiles} from './pane.ts';
import {providerFiles} from './provider.ts';
import {type ScaffoldFiles, type ScaffoldNames, sharedFiles} from './shared-files.ts';
import {systemFiles} from './system.ts';
import {themeFiles} from './theme.ts';

export type ScaffoldType = 'provider' | 'system' | 'theme' | 'pane';

const about: Readonly<Record<ScaffoldType, string>> = {
	provider: 'Shows and makes servers behind an HTTP API. `index.ts` speaks to it, `test/fake-api.ts` plays it in the tests.',
	system: 'A command, an event handler and a task around what the plugin keeps.',
	theme: 'Colours for cws, in `theme.json`.',
	pane: 'A pane in the dashboard, as data that cws draws.',
};

/** Writes a new plugin that works as it is; gives the names of its files. */
export function writeScaffold(directory: string, id: string, type: ScaffoldType): readonly string[] {
	const names: ScaffoldNames = {id, title: `${id.charAt(0).toUpperCase()}${id.slice(1)}`.replaceAll('-', ' '), cwsVersion: version};
	const files: ScaffoldFiles = {...filesOf(type, names), ...sharedFiles(names, about[type])};
	writeNewFiles(directory, files);
	linkSdk(directory);
	return Object.keys(files);
}

function filesOf(type: ScaffoldType, names: ScaffoldNames): ScaffoldFiles {
	switch (type) {
		case 'provider': {
			return providerFiles(names);
		}

		case 'system': {
			return systemFiles(names);
		}

		case 'theme': {
			return themeFiles(names, midnight);
		}

		case 'pane': {
			return paneFiles(names);
		}
	}
}
