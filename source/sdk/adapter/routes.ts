import {type EndpointContribution} from '../../core/manifest/contributions.ts';
import {type EndpointHandler, type EndpointResponse} from '../handlers.ts';
import {isRecord, listOf, member, method, numberOf, text, texts} from './member.ts';
import {camelCase} from './names.ts';

export type Route = {readonly contribution: EndpointContribution; readonly handler: EndpointHandler};

const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** The routes of a router, or of a list of them: `{path, method, handler}` each, below a prefix. */
export const routesOf = (router: unknown, prefix = ''): readonly Route[] =>
	(Array.isArray(router) ? router : listOf(router, 'routes')).filter(isRecord).flatMap(route => {
		// A specification holds a router of its own.
		const inner = member(route, 'router');
		if (inner !== undefined) {
			return routesOf(inner, `${prefix}${text(route, 'prefix') ?? ''}`);
		}

		const path = text(route, 'path') ?? '';
		const handle = method(route, 'handler') ?? method(route, 'endpoint');
		const verbs = [text(route, 'method') ?? 'GET', ...texts(listOf(route, 'methods'))].map(verb => verb.toUpperCase());
		return handle === undefined
			? []
			: [...new Set(verbs)]
					.filter(verb => methods.has(verb))
					.map(verb => toRoute(verb as EndpointContribution['method'], `${prefix}${path}`, {route, handle}));
	});

function toRoute(
	verb: EndpointContribution['method'],
	path: string,
	{route, handle}: {readonly route: unknown; readonly handle: (...args: readonly unknown[]) => unknown},
): Route {
	const rateLimit = numberOf(route, 'rate_limit');
	return {
		contribution: {
			method: verb,
			path,
			...(member(route, 'protected') === false && {protected: false}),
			...(rateLimit !== undefined && rateLimit >= 1 && {rateLimit}),
			handler: camelCase(`${verb} ${path}`),
		},
		handler: async (request, call) => responseOf(await handle(request, call)),
	};
}

/** `{status, body, headers}` in any spelling, or the body alone. */
export function responseOf(answer: unknown): EndpointResponse {
	const status = numberOf(answer, 'status_code') ?? numberOf(answer, 'status');
	const headers = member(answer, 'headers');
	const body = member(answer, 'data') ?? member(answer, 'body');
	return status === undefined && body === undefined
		? {status: 200, body: answer as NonNullable<EndpointResponse['body']>}
		: {
				status: status ?? 200,
				...(isRecord(headers) && {headers: headers as Readonly<Record<string, string>>}),
				...(body !== undefined && {body: body as NonNullable<EndpointResponse['body']>}),
			};
}

export const endpointsOf = (routes: readonly Route[]) => ({
	contributions: routes.map(({contribution}) => contribution),
	handlers: Object.fromEntries(routes.map(({contribution, handler}) => [contribution.handler, handler])),
});
