import {chooseEndpoint, type Endpoints} from '../endpoint/endpoints.ts';
import {createDemoClient} from './demo-client.ts';
import {demoEngines} from './fleet.ts';

/** The engines of the recording instead of those that can be reached from here. */
export function createDemoEndpoints(now: () => number = Date.now): Endpoints {
	const clients = demoEngines.map(engine => createDemoClient(engine, now));
	return {
		all: () => clients,
		broken: () => [],
		of: account => chooseEndpoint(clients, account),
		among: account => (account === undefined ? clients : clients.filter(({endpoint}) => endpoint.account === account)),
		async close() {},
	};
}
