import {type PluginContext} from 'cws/sdk';
import {type Faults} from '../world/faults.ts';
import {type Timing} from '../world/timing.ts';
import {type World} from '../world/world.ts';

/** What the parts of this plugin share. */
export type MockContext = {
	readonly world: World;
	readonly timing: Timing;
	readonly faults: Faults;
	readonly log: PluginContext['log'];
	readonly now: () => number;
};
