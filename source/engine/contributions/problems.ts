import {type PluginRecord} from '../../core/plugin.ts';
import {pluginCommands} from './commands.ts';
import {pluginEndpoints} from './endpoints.ts';
import {pluginFlags} from './global-flags.ts';
import {namedTypes} from './named-types.ts';
import {type ContributionProblem} from './contribution-problem.ts';

/** Everything plugins contribute that cannot be had, for example a command whose name is taken. Nothing is left out unsaid. */
export const contributionProblems = (plugins: readonly PluginRecord[]): readonly ContributionProblem[] => [
	...pluginCommands(plugins).problems,
	...pluginFlags(plugins, {name: '', flags: []}).problems,
	...pluginEndpoints(plugins).problems,
	...namedTypes(plugins).problems,
];
