import {type KeyScope} from '../../keymap/binding.ts';
import {type Line} from '../components/line/line.ts';
import {type AuditScreen} from './audit/audit.ts';
import {type ConfigScreen} from './config/config.ts';
import {type CostScreen} from './cost/cost.ts';
import {type DescribeScreen} from './describe/open-describe.ts';
import {type ErrorsScreen} from './errors/errors.ts';
import {type LogsScreen} from './logs/logs-state.ts';
import {type PluginScreen} from './plugin/plugin.ts';
import {type SecretsScreen} from './secrets/secrets.ts';
import {type TasksScreen} from './tasks/tasks.ts';
import {type TemplatesScreen} from './templates/templates.ts';
import {type PluginViewScreen} from './view/view.ts';

/** A full-screen view over the panes (describe, logs, plugin detail, tasks, audit, errors, cost); told apart by `kind`. */
export type ScreenState =
	| AuditScreen
	| ConfigScreen
	| CostScreen
	| DescribeScreen
	| ErrorsScreen
	| LogsScreen
	| PluginScreen
	| PluginViewScreen
	| SecretsScreen
	| TasksScreen
	| TemplatesScreen;

/** What a screen draws in its frame. */
export type ScreenView = {
	/** Words of the title, behind the kind's own name. */
	readonly title: string;
	/** In the border at the right. */
	readonly note?: Line;
	/** Stays above the body, for example tabs and table heads. */
	readonly header?: readonly Line[];
	/** Already windowed: only what fits is drawn. */
	readonly body: readonly Line[];
	/** Whether the body goes on beyond what is drawn; said in the border. */
	readonly more?: {readonly above: boolean; readonly below: boolean};
	readonly footer?: readonly Line[];
};

/** The cells inside the frame of a screen. */
export type ScreenArea = {readonly width: number; readonly height: number};

/** The places whose bindings hold on a screen, the nearest first; for the hint bar and help. Movement is that of `list`. */
export const screenScopes: Readonly<Record<ScreenState['kind'], readonly KeyScope[]>> = {
	audit: ['text'],
	config: ['config'],
	cost: [],
	describe: ['describe', 'text'],
	errors: [],
	logs: ['logs', 'text'],
	plugin: ['plugin', 'plugins'],
	secrets: ['secrets'],
	tasks: ['tasks'],
	templates: ['templates'],
	view: ['view'],
};
