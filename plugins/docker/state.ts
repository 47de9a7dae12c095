import {type DockerContext} from './context.ts';
import {createDemoEndpoints} from './demo/demo-endpoints.ts';
import {createEndpoints, type Endpoints} from './endpoint/endpoints.ts';
import {createMeter, type Meter} from './container/meter.ts';

/** What every call works with; there is none before `initialize`. */
export type DockerState = {
	readonly context: DockerContext;
	readonly endpoints: Endpoints;
	/** Containers that somebody asked to end: what they then answer is no failure. Oldest first. */
	readonly stops: Stops;
	/** Live figures of the containers that run. */
	readonly meter: Meter;
};

export type Stops = {readonly add: (id: string) => void; readonly has: (id: string) => boolean; readonly remove: (id: string) => void};

export function createState(context: DockerContext): DockerState {
	return {
		context,
		endpoints: context.config.demo === true ? createDemoEndpoints() : createEndpoints(context),
		stops: createStops(),
		meter: createMeter(),
	};
}

const mostStops = 10_000;

function createStops(): Stops {
	const ids = new Set<string>();
	return {
		add(id) {
			ids.add(id);
			if (ids.size > mostStops) {
				ids.delete(ids.values().next().value!);
			}
		},
		has: id => ids.has(id),
		remove(id) {
			ids.delete(id);
		},
	};
}
