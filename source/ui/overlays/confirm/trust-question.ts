import {type PluginRecord} from '../../../core/plugin.ts';
import {failureTag} from '../../view/activity/failure-tag.ts';
import {type ConfirmOverlay, openConfirm} from './confirm.ts';

/** Where the answer to the question is remembered. */
export const askedFoldersKey = 'askedFolders';

/** Whether the plugins of the folder cws was started in may run; undefined where there are none, or it was asked before. */
export function trustQuestion(plugins: readonly PluginRecord[], asked: readonly string[]): ConfirmOverlay | undefined {
	const waiting = plugins.filter(({origin, error}) => origin === 'project' && error?.code === 'CWS_PLUGIN_UNTRUSTED');
	const folder = waiting[0]?.error?.details?.['folder'];
	if (typeof folder !== 'string' || asked.includes(folder)) {
		return undefined;
	}

	const names = waiting.map(({id}) => id);
	const remember = {type: 'remember', key: askedFoldersKey, value: [...asked, folder].slice(-100)} as const;
	return openConfirm({
		title: 'Plugins of this folder',
		question: `Trust the ${names.length === 1 ? 'plugin' : `${names.length} plugins`} that ${names.length === 1 ? 'lies' : 'lie'} in ${folder}?`,
		details: [
			`${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}. A folder may come from anywhere, and its plugins would run because you are in it.`,
			'Each is still asked for what it wants to do. `cws plugin trust .` says yes later; this is asked once.',
		],
		label: 'Trust the folder',
		cancelLabel: 'No',
		effects: [remember, {type: 'run', command: 'trustFolder', input: {folder, isTrusted: true}, reply: failureTag}],
		cancelEffects: [remember],
	}).state;
}
