import {argumentCount} from '../../../engine/contributions/command-flags.ts';
import {findCommand, type PluginCommand, pluginCommands} from '../../../engine/contributions/commands.ts';
import {parseCommandLine, splitWords} from '../../../engine/contributions/parse-command-line.ts';
import {type EngineState} from '../../../engine/state.ts';
import {type PaletteItem} from './palette-items.ts';

/** Every command of a plugin that does something, to be run or, where it needs words, to be completed. */
export const pluginCommandItems = ({plugins, isReadOnly}: EngineState): readonly PaletteItem[] =>
	pluginCommands(plugins)
		.commands.filter(({contribution}) => contribution.handler !== undefined)
		.map(command => itemOf(command, isReadOnly));

function itemOf(command: PluginCommand, isReadOnly: boolean): PaletteItem {
	const {path, plugin, contribution} = command;
	return {
		name: path,
		title: `${contribution.short} (${plugin})`,
		keys: [],
		...(isReadOnly && {reason: 'cws is read-only'}),
		does: needsWords(command)
			? {type: 'complete', text: `${path} `}
			: {type: 'pluginCommand', line: `cws ${path}`, input: {plugin, command: path, args: [], flags: {}}},
	};
}

const needsWords = ({contribution: {usage, flags = []}}: PluginCommand): boolean =>
	argumentCount(usage).minimum > 0 || flags.some(flag => flag.isRequired === true && flag.default === undefined);

/** A line that begins with a command of a plugin and goes on: what Enter would run, or why it cannot. */
export function pluginLineItem(typed: string, {plugins, isReadOnly}: EngineState): PaletteItem | undefined {
	const words = splitWords(typed);
	const found = findCommand(pluginCommands(plugins), words);
	if (found === undefined || found.length === words.length || found.command.contribution.handler === undefined) {
		return undefined;
	}

	const {path, plugin, contribution} = found.command;
	const parsed = parseCommandLine(words.slice(found.length), contribution.flags ?? []);
	const reason = isReadOnly ? 'cws is read-only' : parsed.ok ? undefined : parsed.error.message;
	return {
		name: path,
		title: `Run ${typed.trim()}`,
		keys: [],
		...(reason !== undefined && {reason}),
		does: {
			type: 'pluginCommand',
			line: `cws ${typed.trim()}`,
			input: {plugin, command: path, ...(parsed.ok ? parsed.value : {args: [], flags: {}})},
		},
	};
}
