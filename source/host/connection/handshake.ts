import {failure, type Failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Frame, protocolVersion} from '../protocol/frame.ts';
import {type WelcomeBody} from '../protocol/messages.ts';
import {type Transport} from '../transport/transport.ts';
import {pluginFailure} from './plugin-failure.ts';
import {readBody} from './read-body.ts';

/** Hello, welcome, ready: in this order, each once. */
export type Handshake = {
	readonly receive: (frame: Frame) => void;
	/** Resolves with the plugin's method names when its code has been loaded. */
	readonly ready: Promise<Outcome<readonly string[]>>;
	readonly isReady: () => boolean;
	readonly fail: (reason: Failure) => void;
};

export function createHandshake({
	plugin,
	generation,
	locale,
	transport,
	violate,
}: {
	readonly plugin: string;
	readonly generation: number;
	readonly locale: string;
	readonly transport: Transport;
	readonly violate: (what: string) => void;
}): Handshake {
	const ready = Promise.withResolvers<Outcome<readonly string[]>>();
	let phase: 'hello' | 'loading' | 'ready' = 'hello';

	function hello(body: unknown) {
		const offered: unknown = (body as {readonly proto?: unknown} | null)?.proto;
		const [min, max] = (Array.isArray(offered) ? offered : []) as readonly unknown[];
		if (typeof min !== 'number' || typeof max !== 'number' || min > protocolVersion || max < protocolVersion) {
			transport.send('N', 0, {code: 'EPROTO', message: `this cws speaks protocol ${protocolVersion}`});
			const message = `The worker of \`${plugin}\` speaks another protocol than this cws.`;
			ready.resolve(failed(failure('CWS_PLUGIN_PROTOCOL', {message, fix: 'Update cws and the plugin.'})));
			return;
		}

		phase = 'loading';
		transport.send('W', 0, {proto: protocolVersion, features: [], generation, locale} satisfies WelcomeBody);
	}

	return {
		ready: ready.promise,
		isReady: () => phase === 'ready',
		fail: reason => ready.resolve(failed(reason)),
		receive([kind, , body]) {
			const value = readBody(body);
			if (!value.ok) {
				violate('sent a handshake that is not JSON');
			} else if (kind === 'H' && phase === 'hello') {
				hello(value.value);
			} else if (kind !== 'H' && phase === 'loading') {
				phase = 'ready';
				const methods: unknown = (value.value as {readonly methods?: unknown} | null)?.methods;
				ready.resolve(
					kind === 'r'
						? ok(Array.isArray(methods) ? methods.filter(name => typeof name === 'string') : [])
						: failed(pluginFailure(plugin, 'load', value.value)),
				);
			} else {
				violate(kind === 'H' ? 'said hello twice' : 'spoke before it was asked');
			}
		},
	};
}
