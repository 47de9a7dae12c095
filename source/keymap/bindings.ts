import {type Binding} from './binding.ts';
import {layerBindings} from './layer-bindings.ts';

/**
The one table of keys. Help, hint bar, palette, docs and the conflict check are made from it.
A capital letter is its own key; no bare lower-case letter destroys.
*/
export const bindings: readonly Binding[] = [
	{command: 'resources.deploy', scope: 'global', keys: ['n'], title: 'Deploy something new', hint: 'deploy', hintOrder: 1},
	{command: 'global.palette', scope: 'global', keys: [':'], title: 'Open the command palette', hint: 'command', hintOrder: 90},
	{command: 'global.help', scope: 'global', keys: ['?'], title: 'Search all keys and commands', hint: 'help', hintOrder: 91},
	{command: 'global.filter', scope: 'global', keys: ['/'], title: 'Filter the resources', hint: 'filter', hintOrder: 60},
	{command: 'global.cancel', scope: 'global', keys: ['esc'], title: 'Cancel, clear or go back; never quits'},
	{command: 'global.back', scope: 'global', keys: ['q'], title: 'Back; at the root asks to quit'},
	{command: 'global.quit', scope: 'global', keys: [], title: 'Leave cws'},
	{command: 'global.suspend', scope: 'global', keys: ['ctrl+z'], title: 'Suspend to the shell'},
	{command: 'global.nextPane', scope: 'global', keys: ['tab'], title: 'Focus the next pane'},
	{command: 'global.previousPane', scope: 'global', keys: ['shift+tab'], title: 'Focus the previous pane'},
	{command: 'global.focusPlugins', scope: 'global', keys: ['1'], title: 'Focus the plugins'},
	{command: 'global.focusResources', scope: 'global', keys: ['2'], title: 'Focus the resources'},
	{command: 'global.focusCost', scope: 'global', keys: ['3'], title: 'Focus the cost'},
	{command: 'global.focusActivity', scope: 'global', keys: ['4'], title: 'Focus the activity'},
	{command: 'global.zoom', scope: 'global', keys: ['f'], title: 'Zoom the focused pane'},
	{command: 'global.refresh', scope: 'global', keys: ['ctrl+r', 'R', 'f5'], title: 'Refresh everything now'},
	{command: 'global.pause', scope: 'global', keys: ['p'], title: 'Pause or go on refreshing'},
	{command: 'global.cost', scope: 'global', keys: ['$'], title: 'Open the cost view', hint: 'cost', hintOrder: 70},
	{command: 'global.errors', scope: 'global', keys: ['!'], title: 'Open the errors'},
	{command: 'global.audit', scope: 'global', keys: ['@'], title: 'Open the audit log'},
	{command: 'global.tasks', scope: 'global', keys: ['ctrl+t'], title: 'Open the tasks'},
	{command: 'global.undo', scope: 'global', keys: ['u'], title: 'Take back the newest scheduled destroy'},
	{command: 'global.theme', scope: 'global', keys: ['T'], title: 'Pick a theme'},

	{command: 'list.down', scope: 'list', keys: ['j', 'down'], title: 'Down'},
	{command: 'list.up', scope: 'list', keys: ['k', 'up'], title: 'Up'},
	{command: 'list.first', scope: 'list', keys: ['g', 'home'], title: 'First row'},
	{command: 'list.last', scope: 'list', keys: ['G', 'end'], title: 'Last row'},
	{command: 'list.pageDown', scope: 'list', keys: ['pageDown', 'ctrl+f'], title: 'One page down'},
	{command: 'list.pageUp', scope: 'list', keys: ['pageUp', 'ctrl+b'], title: 'One page up'},
	{command: 'list.halfDown', scope: 'list', keys: ['ctrl+d'], title: 'Half a page down'},
	{command: 'list.halfUp', scope: 'list', keys: ['ctrl+u'], title: 'Half a page up'},

	{
		command: 'resources.describe',
		scope: 'resources',
		keys: ['d', 'enter'],
		title: 'Describe the resource',
		hint: 'describe',
		hintOrder: 20,
	},
	{command: 'resources.yaml', scope: 'resources', keys: ['y'], title: 'Show the resource as YAML'},
	{command: 'resources.json', scope: 'resources', keys: ['J'], title: 'Show the resource as JSON'},
	{command: 'resources.actions', scope: 'resources', keys: ['a'], title: 'Choose an action', hint: 'actions', hintOrder: 5},
	{command: 'resources.destroy', scope: 'resources', keys: ['D'], title: 'Destroy the resource', hint: 'destroy', hintOrder: 10},
	{command: 'resources.logs', scope: 'resources', keys: ['l'], title: 'Follow its log', hint: 'logs', hintOrder: 30},
	{command: 'resources.connect', scope: 'resources', keys: ['s'], title: 'Open a shell in it', hint: 'shell', hintOrder: 40},
	{command: 'resources.open', scope: 'resources', keys: ['o'], title: 'Open its address in the browser'},
	{command: 'resources.copyId', scope: 'resources', keys: ['c'], title: 'Copy its id'},
	{command: 'resources.copyRef', scope: 'resources', keys: ['C'], title: 'Copy its full reference'},
	{command: 'resources.mark', scope: 'resources', keys: ['space'], title: 'Mark or unmark'},
	{command: 'resources.range', scope: 'resources', keys: ['v'], title: 'Begin or end a range of marks'},
	{command: 'resources.markDown', scope: 'resources', keys: ['shift+down'], title: 'Mark downwards'},
	{command: 'resources.markUp', scope: 'resources', keys: ['shift+up'], title: 'Mark upwards'},
	{command: 'resources.sort', scope: 'resources', keys: ['S'], title: 'Sort by another column'},
	{command: 'resources.wide', scope: 'resources', keys: ['w'], title: 'Show more columns'},
	{command: 'resources.attention', scope: 'resources', keys: ['z'], title: 'Show only what needs attention'},
	{command: 'resources.save', scope: 'resources', keys: ['ctrl+s'], title: 'Save the listed resources to a file'},

	{command: 'resources.start', scope: 'resources', keys: [], title: 'Start the marked or selected resources'},
	{command: 'resources.stop', scope: 'resources', keys: [], title: 'Stop the marked or selected resources'},
	{command: 'resources.restart', scope: 'resources', keys: [], title: 'Restart the marked or selected resources'},
	{command: 'resources.hibernate', scope: 'resources', keys: [], title: 'Hibernate the marked or selected resources'},
	{command: 'resources.resume', scope: 'resources', keys: [], title: 'Resume the marked or selected resources'},

	{command: 'plugins.detail', scope: 'plugins', keys: ['enter', 'd'], title: 'Plugin in detail', hint: 'detail', hintOrder: 2},
	{command: 'plugins.enable', scope: 'plugins', keys: ['e'], title: 'Enable the plugin', hint: 'enable', hintOrder: 3},
	{command: 'plugins.disable', scope: 'plugins', keys: ['x'], title: 'Disable the plugin', hint: 'disable', hintOrder: 4},
	{command: 'plugins.reload', scope: 'plugins', keys: ['r'], title: 'Reload the plugin', hint: 'reload', hintOrder: 5},
	{command: 'plugins.check', scope: 'plugins', keys: ['h'], title: 'Check its health now', hint: 'check', hintOrder: 6},
	{command: 'plugins.log', scope: 'plugins', keys: ['l'], title: 'Its log', hint: 'log', hintOrder: 7},

	{command: 'activity.nextTab', scope: 'activity', keys: [']', 'right'], title: 'Next tab', hint: 'next tab', hintOrder: 3},
	{command: 'activity.previousTab', scope: 'activity', keys: ['[', 'left'], title: 'Previous tab', hint: 'previous tab', hintOrder: 2},
	{command: 'activity.open', scope: 'activity', keys: ['enter', 'd'], title: 'Open what the line is about', hint: 'open', hintOrder: 4},
	{command: 'activity.cancel', scope: 'activity', keys: ['x'], title: 'Cancel the running task', hint: 'cancel task', hintOrder: 5},
	{command: 'activity.retry', scope: 'activity', keys: ['r'], title: 'Run the task again', hint: 'retry task', hintOrder: 6},
	{command: 'activity.copy', scope: 'activity', keys: ['c'], title: 'Copy the line, of a task its command'},

	{command: 'cost.open', scope: 'cost', keys: ['enter'], title: 'Open the cost view', hint: 'open', hintOrder: 2},

	{command: 'text.search', scope: 'text', keys: ['/'], title: 'Search in the text', hint: 'search', hintOrder: 10},
	{command: 'text.next', scope: 'text', keys: ['n'], title: 'Next match', hint: 'next', hintOrder: 11},
	{command: 'text.previous', scope: 'text', keys: ['N'], title: 'Previous match'},
	{command: 'text.wrap', scope: 'text', keys: ['w'], title: 'Wrap long lines', hint: 'wrap', hintOrder: 20},
	{command: 'text.copy', scope: 'text', keys: ['c'], title: 'Copy the text', hint: 'copy', hintOrder: 30},
	{command: 'text.save', scope: 'text', keys: ['ctrl+s'], title: 'Save the text to a file', hint: 'save', hintOrder: 31},

	{command: 'logs.timestamps', scope: 'logs', keys: ['t'], title: 'Show or hide times', hint: 'times', hintOrder: 1},
	{command: 'logs.pause', scope: 'logs', keys: ['p'], title: 'Pause or follow the log', hint: 'pause', hintOrder: 2},

	{command: 'describe.nextTab', scope: 'describe', keys: [']', 'right'], title: 'Next tab', hint: 'next tab', hintOrder: 2},
	{command: 'describe.previousTab', scope: 'describe', keys: ['[', 'left'], title: 'Previous tab', hint: 'previous tab', hintOrder: 1},

	{command: 'tasks.cancel', scope: 'tasks', keys: ['x'], title: 'Cancel the task', hint: 'cancel', hintOrder: 1},
	{command: 'tasks.retry', scope: 'tasks', keys: ['r'], title: 'Run the task again', hint: 'retry', hintOrder: 2},
	{command: 'tasks.copy', scope: 'tasks', keys: ['c'], title: 'Copy the task as a command line', hint: 'copy', hintOrder: 3},

	...layerBindings,
];
