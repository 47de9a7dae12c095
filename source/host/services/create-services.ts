import {failure, type Failure, FailureError} from '../../core/failure/failure.ts';
import {type Manifest} from '../../core/manifest.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type Capabilities, type CapabilityCall} from '../broker/capability.ts';
import {type HostLimits} from '../limits.ts';
import {type PluginTable} from '../plugin-table.ts';
import {type ServiceAnswer} from '../protocol/messages.ts';
import {type PluginSlot} from '../slot/slot-types.ts';

type Options = {readonly table: () => PluginTable; readonly clock: Clock; readonly limits: HostLimits};

/** What one plugin may ask of the services of others; both ends have to name the service in their manifest. */
export type ServiceCapabilities = (asker: string, manifest: Manifest) => Capabilities;

const plainName = /^[a-z][\w.-]{0,63}$/i;
const plainMethod = /^\w{1,64}$/;

/** Every call between plugins goes through here: found anew each time, so that nothing outlives its provider. */
export const createServices =
	({table, clock, limits}: Options): ServiceCapabilities =>
	(asker, manifest) => {
		/** Those that offer it, the one that goes before all others first. */
		async function offers({name, range, declared}: Wanted): Promise<readonly PluginSlot[]> {
			const {byPrecedence, fits} = await import('../resolve/candidate.ts');
			return byPrecedence(
				table()
					.slots()
					.flatMap(slot => {
						const {id, manifest: other} = slot.record();
						const version = Object.hasOwn(other.provides ?? {}, name) ? other.provides![name]! : undefined;
						const isOffered =
							version !== undefined && id !== asker && table().get(id) === slot && fits(version, range) && fits(version, declared);
						return isOffered ? [{id, version, slot}] : [];
					}),
			).map(({slot}) => slot);
		}

		/** Starts a provider where none runs; undefined when nobody can serve. */
		async function find(wanted: Wanted, signal: AbortSignal) {
			const found = await offers(wanted);
			for (const slot of [
				...found.filter(({current}) => current() !== undefined),
				...found.filter(({current}) => current() === undefined),
			]) {
				const acquired = await slot.acquire(signal);
				if (acquired.ok) {
					return {slot, instance: slot.current() ?? acquired.value};
				}
			}

			return undefined;
		}

		return {
			async 'services.get'(args, {signal}): Promise<ServiceAnswer> {
				const wanted = readWanted(asker, manifest, args[0]);
				const found = await find(wanted, signal);
				const prefix = `services.${wanted.name}.`;
				return found === undefined
					? null
					: {methods: [...found.instance.methods].filter(method => method.startsWith(prefix)).map(method => method.slice(prefix.length))};
			},
			async 'services.call'(args, call) {
				const [service, method, given] = args;
				const wanted = readWanted(asker, manifest, service);
				if (typeof method !== 'string' || !plainMethod.test(method) || !Array.isArray(given)) {
					throw new FailureError(
						failure('CWS_INVALID_INPUT', {message: `A call of the service \`${wanted.name}\` has no method or no list of arguments.`}),
					);
				}

				const found = await find(wanted, call.signal);
				if (found === undefined) {
					throw new FailureError(unavailable(wanted.name, 'nobody offers it any more'));
				}

				const {slot, instance} = found;
				const chain = chainOf(asker, slot.id, wanted.name, call, limits);
				const startedAt = clock.monotonic();
				const outcome = await instance.call({
					method: `services.${wanted.name}.${method}`,
					args: given as readonly unknown[],
					deadlineMs: Math.min(call.deadlineMs ?? limits.callMs, limits.callMs),
					signal: call.signal,
					chain,
				});
				slot.called(clock.monotonic() - startedAt, outcome.ok);
				if (!outcome.ok) {
					throw new FailureError(isGone.has(outcome.error.code) ? unavailable(wanted.name, outcome.error.message) : outcome.error);
				}

				return outcome.value;
			},
		};
	};

type Wanted = {readonly name: string; readonly range: string; readonly declared: string};

/** `pricing@^1`; without a range the one of the manifest holds. */
function readWanted(asker: string, {requires = {}, optionalRequires = {}}: Manifest, service: unknown): Wanted {
	const [name = '', range] = typeof service === 'string' && service.length <= 200 ? service.split('@', 2) : [];
	if (!plainName.test(name)) {
		throw new FailureError(failure('CWS_INVALID_INPUT', {message: `The plugin \`${asker}\` asked for a service without a name.`}));
	}

	const known = {...optionalRequires, ...requires};
	const declared = Object.hasOwn(known, name) ? known[name] : undefined;
	if (declared === undefined) {
		throw new FailureError(
			failure('CWS_PLUGIN_DENIED', {
				message: `The plugin \`${asker}\` may not use the service \`${name}\`.`,
				fix: 'Its manifest has to name it in `requires` or `optionalRequires`.',
			}),
		);
	}

	return {name, range: range ?? declared, declared};
}

/** Everybody on the way to this call; refused when it comes back to one of them, or is too long. */
function chainOf(
	asker: string,
	provider: string,
	service: string,
	{chain: before = []}: CapabilityCall,
	{serviceDepth}: HostLimits,
): readonly string[] {
	const chain = [...before, asker];
	const names = [...chain, provider].map(id => `\`${id}\``).join(' → ');
	if (chain.includes(provider)) {
		throw new FailureError(unavailable(service, `the call goes in a circle: ${names}`));
	}

	if (chain.length > serviceDepth) {
		throw new FailureError(unavailable(service, `the call goes through more than ${serviceDepth} plugins: ${names}`));
	}

	return chain;
}

const isGone: ReadonlySet<string> = new Set([
	'CWS_PLUGIN_CRASHED',
	'CWS_PLUGIN_DISABLED',
	'CWS_PLUGIN_QUARANTINED',
	'CWS_PLUGIN_RELOADED',
	'CWS_PLUGIN_PROTOCOL',
]);

const unavailable = (service: string, why: string): Failure =>
	failure('CWS_SERVICE_UNAVAILABLE', {message: `The service \`${service}\` cannot be called.`, cause: why, retryable: true});
