import {type Services} from '../../../sdk/capabilities.ts';
import {type ServiceAnswer} from '../../protocol/messages.ts';
import {type Requests} from '../requests.ts';

export const createServices = ({call}: Requests): Services => ({
	async get(service) {
		const answer = (await call('services.get', [service])) as ServiceAnswer;
		return (
			answer &&
			Object.freeze(
				Object.fromEntries(
					answer.methods.map(method => [method, (...args: readonly unknown[]) => call('services.call', [service, method, args])]),
				),
			)
		);
	},
});
