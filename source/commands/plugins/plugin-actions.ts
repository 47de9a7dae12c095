import {type PluginAction} from './action.ts';
import {deny, disable, enable, reload} from './actions/change-state.ts';
import {config} from './actions/config.ts';
import {dev} from './actions/dev.ts';
import {grant} from './actions/grant.ts';
import {install} from './actions/install.ts';
import {list} from './actions/list.ts';
import {create} from './actions/new.ts';
import {pack} from './actions/pack.ts';
import {remove} from './actions/remove.ts';
import {status} from './actions/status.ts';
import {test} from './actions/test.ts';
import {trust} from './actions/trust.ts';

/** Everything `cws plugin` does, in the order of its help. A heavy one imports what it needs when it runs. */
export const pluginActions: readonly PluginAction[] = [
	list,
	status,
	config,
	install,
	remove,
	enable,
	disable,
	reload,
	grant,
	deny,
	trust,
	create,
	dev,
	test,
	pack,
];
