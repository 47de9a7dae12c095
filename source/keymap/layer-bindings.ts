import {type Binding} from './binding.ts';

/** Keys of the full-screen views and the actions menu; movement is that of `list`. */
export const layerBindings: readonly Binding[] = [
	{command: 'text.search', scope: 'text', keys: ['/'], title: 'Search in the text', hint: 'search', hintOrder: 30},
	{command: 'text.next', scope: 'text', keys: ['n'], title: 'Next match', hint: 'next', hintOrder: 31},
	{command: 'text.previous', scope: 'text', keys: ['N'], title: 'Previous match'},
	{command: 'text.copy', scope: 'text', keys: ['c'], title: 'Copy', hint: 'copy', hintOrder: 40},
	{command: 'text.save', scope: 'text', keys: ['ctrl+s'], title: 'Save to a file', hint: 'save', hintOrder: 41},

	{command: 'logs.pause', scope: 'logs', keys: ['p'], title: 'Pause or follow the log', hint: 'pause', hintOrder: 1},
	{command: 'logs.timestamps', scope: 'logs', keys: ['t'], title: 'Show the time of each line', hint: 'times', hintOrder: 2},

	{command: 'logs.wrap', scope: 'logs', keys: ['w'], title: 'Wrap long lines', hint: 'wrap', hintOrder: 3},

	{command: 'describe.nextTab', scope: 'describe', keys: [']', 'right'], title: 'Next tab', hint: 'next tab', hintOrder: 2},
	{command: 'describe.previousTab', scope: 'describe', keys: ['[', 'left'], title: 'Previous tab'},
	{command: 'describe.yaml', scope: 'describe', keys: ['y'], title: 'As YAML'},
	{command: 'describe.json', scope: 'describe', keys: ['J'], title: 'As JSON'},
	{command: 'describe.wrap', scope: 'describe', keys: ['w'], title: 'Wrap long lines', hint: 'wrap', hintOrder: 20},
	{command: 'describe.refresh', scope: 'describe', keys: ['ctrl+r', 'R', 'f5'], title: 'Read it again', hint: 'refresh', hintOrder: 50},
	{command: 'describe.actions', scope: 'describe', keys: ['a'], title: 'Choose an action', hint: 'actions', hintOrder: 3},
	{command: 'describe.logs', scope: 'describe', keys: ['l'], title: 'Follow its log', hint: 'logs', hintOrder: 4},
	{command: 'describe.connect', scope: 'describe', keys: ['s'], title: 'Open a shell in it', hint: 'shell', hintOrder: 5},
	{command: 'describe.open', scope: 'describe', keys: ['o'], title: 'Open its address in the browser'},
	{command: 'describe.destroy', scope: 'describe', keys: ['D'], title: 'Destroy the resource', hint: 'destroy', hintOrder: 6},

	{command: 'tasks.cancel', scope: 'tasks', keys: ['x'], title: 'Cancel the task', hint: 'cancel', hintOrder: 1},
	{command: 'tasks.retry', scope: 'tasks', keys: ['r'], title: 'Run the task again', hint: 'retry', hintOrder: 2},
	{command: 'tasks.copy', scope: 'tasks', keys: ['c'], title: 'Copy its command line', hint: 'copy', hintOrder: 3},
	{command: 'tasks.describe', scope: 'tasks', keys: ['d', 'enter'], title: 'Describe its resource', hint: 'describe', hintOrder: 4},

	{command: 'templates.launch', scope: 'templates', keys: ['enter', 'n'], title: 'Launch the template', hint: 'launch', hintOrder: 1},
	{command: 'templates.copy', scope: 'templates', keys: ['c'], title: 'Copy the name of its file', hint: 'copy file', hintOrder: 2},

	{command: 'plugin.nextTab', scope: 'plugin', keys: [']', 'right'], title: 'Next tab', hint: 'next tab', hintOrder: 1},
	{command: 'plugin.previousTab', scope: 'plugin', keys: ['[', 'left'], title: 'Previous tab'},
	{
		command: 'plugin.enter',
		scope: 'plugin',
		keys: ['enter'],
		title: 'Run the task now, or answer what it asks for',
		hint: 'run task',
		hintOrder: 2,
	},
	{command: 'plugin.cancelTask', scope: 'plugin', keys: ['ctrl+x'], title: 'Cancel the run of the task', hint: 'cancel run', hintOrder: 4},
	{command: 'plugin.pauseTask', scope: 'plugin', keys: ['space'], title: 'Pause or resume the task', hint: 'pause task', hintOrder: 3},

	{command: 'view.nextTab', scope: 'view', keys: [']', 'right'], title: 'Next tab', hint: 'next tab', hintOrder: 1},
	{command: 'view.previousTab', scope: 'view', keys: ['[', 'left'], title: 'Previous tab'},
	{command: 'view.plugin', scope: 'view', keys: ['d'], title: 'Its plugin in detail', hint: 'plugin', hintOrder: 2},

	{command: 'secrets.enter', scope: 'secrets', keys: ['enter', 'K'], title: 'Enter its value', hint: 'set value', hintOrder: 1},
	{command: 'secrets.delete', scope: 'secrets', keys: ['D'], title: 'Delete the secret', hint: 'delete', hintOrder: 2},

	{command: 'config.edit', scope: 'config', keys: ['enter', 'c'], title: 'Change the options of its plugin', hint: 'change', hintOrder: 1},

	{command: 'actions.start', scope: 'actions', keys: ['s'], title: 'Start'},
	{command: 'actions.stop', scope: 'actions', keys: ['x'], title: 'Stop'},
	{command: 'actions.restart', scope: 'actions', keys: ['r'], title: 'Restart'},
	{command: 'actions.hibernate', scope: 'actions', keys: ['h'], title: 'Hibernate or resume'},
	{command: 'actions.connect', scope: 'actions', keys: ['c'], title: 'Open a shell in it'},
	{command: 'actions.logs', scope: 'actions', keys: ['l'], title: 'Follow its log'},
	{command: 'actions.describe', scope: 'actions', keys: ['d'], title: 'Describe'},
	{command: 'actions.destroy', scope: 'actions', keys: ['D'], title: 'Destroy'},
];
