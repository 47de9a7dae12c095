import {type PluginAction} from './action.ts';
import {deny, disable, enable, reload} from './actions/change-state.ts';
import {grant} from './actions/grant.ts';
import {list} from './actions/list.ts';
import {status} from './actions/status.ts';
import {trust} from './actions/trust.ts';

/** Everything `cws plugin` does, in the order of its help. A heavy one imports what it needs when it runs. */
export const pluginActions: readonly PluginAction[] = [list, status, enable, disable, reload, grant, deny, trust];
