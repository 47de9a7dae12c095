import {definePlugin} from 'cws/sdk';
import {type MockConfig} from './config.ts';
import {act, destroy} from './provider/actions.ts';
import {connect} from './provider/connect.ts';
import {type MockContext} from './provider/context.ts';
import {deploy} from './provider/deploy.ts';
import {get, list} from './provider/list.ts';
import {logs} from './provider/logs.ts';
import {metrics} from './provider/metrics.ts';
import {choices, estimateCost, plan, planAction} from './provider/plan.ts';
import {watch} from './provider/watch.ts';
import {createFaults, noFaults} from './world/faults.ts';
import {createRandom} from './world/random.ts';
import {createScript} from './world/script.ts';
import {startScript} from './world/start-script.ts';
import {createTiming} from './world/timing.ts';
import {createWorld} from './world/world.ts';

let mock: MockContext;
let config: MockConfig;
let stopScript = () => {};

export default definePlugin({
	initialize({config: given, log}) {
		config = given as MockConfig;
		const {resources: count, seed, faults: hasFaults, latencyMs} = config;
		const now = () => Date.now();
		mock = {
			world: createWorld({count, seed, hasFaults, now: now()}),
			// Waits have dice of their own: how often someone calls must not change what happens.
			timing: createTiming(latencyMs, createRandom(seed + 1)),
			faults: hasFaults ? createFaults(createRandom(seed + 2)) : noFaults,
			log,
			now,
		};
	},
	start() {
		stopScript = startScript(createScript(mock.world, createRandom(config.seed + 3), mock.now), {
			perSecond: config.changesPerSecond,
			log: mock.log,
		});
	},
	stop() {
		stopScript();
	},
	async health({signal}) {
		await mock.timing.roundTrip(signal);
		return config.faults
			? {
					status: 'warn',
					output: 'cirrus answered in 2.1 s',
					checks: [
						{name: 'nimbus', status: 'warn', output: 'lab/ap-southeast-2 does not answer'},
						{name: 'cirrus', status: 'warn', output: 'answered in 2.1 s', observedValue: 2100, observedUnit: 'ms'},
						{name: 'altocloud', status: 'fail', output: 'log in'},
					],
				}
			: {status: 'pass', output: `demo: ${mock.world.count()} resources`};
	},
	provider: {
		list: (query, call) => list(mock, query, call),
		get: async (target, call) => get(mock, target, call),
		watch: call => watch(mock, call),
		plan: async (provider, spec) => plan(mock, provider, spec),
		planAction: async (action, target) => planAction(mock, action, target),
		choices: async (query, call) => choices(mock, query, call),
		estimateCost: async (provider, spec) => estimateCost(provider, spec),
		deploy: async (provider, spec, call) => deploy(mock, provider, spec, call),
		start: async (target, call) => act(mock, 'start', target, call),
		stop: async (target, call) => act(mock, 'stop', target, call),
		restart: async (target, call) => act(mock, 'restart', target, call),
		hibernate: async (target, call) => act(mock, 'hibernate', target, call),
		resume: async (target, call) => act(mock, 'resume', target, call),
		destroy: async (target, call) => destroy(mock, target, call),
		logs: (target, options, call) => logs(mock, target, options, call),
		connect: async (target, {command = []}, {signal}) => connect(mock, target, command, signal),
		metrics: async (target, {signal}) => metrics(mock, target, signal),
	},
});
