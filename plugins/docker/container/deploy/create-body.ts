import {attemptLabel, tokenLabel} from '../map.ts';
import {type ContainerSpec} from './resolve-spec.ts';

const nanosPerSecond = 1_000_000_000;

/** Which request a container comes from, and which of its attempts. */
export type Origin = {readonly token: string; readonly attempt: string};

/** What `POST /containers/create` takes. */
export function createBody(spec: ContainerSpec, {token, attempt}: Origin): Readonly<Record<string, unknown>> {
	const {image, command, env, ports, mounts, cpus, memoryMb, restart, healthCommand, healthSeconds, network, user, directory, tags} = spec;
	const bindings = Object.groupBy(ports, ({inside, protocol}) => `${inside}/${protocol}`);
	return {
		Image: image.full,
		...(command !== undefined && {Cmd: command}),
		Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
		Labels: {...tags, [tokenLabel]: token, [attemptLabel]: attempt},
		...(ports.length > 0 && {ExposedPorts: Object.fromEntries(Object.keys(bindings).map(port => [port, {}]))}),
		...(user !== undefined && {User: user}),
		...(directory !== undefined && {WorkingDir: directory}),
		...(healthCommand !== undefined && {
			Healthcheck: {
				Test: ['CMD-SHELL', healthCommand],
				Interval: healthSeconds * nanosPerSecond,
				Timeout: Math.min(healthSeconds, 30) * nanosPerSecond,
				Retries: 3,
			},
		}),
		HostConfig: {
			PortBindings: Object.fromEntries(
				Object.entries(bindings).map(([port, list = []]) => [
					port,
					list.map(({ip = '', outside}) => ({HostIp: ip, HostPort: outside === undefined ? '' : String(outside)})),
				]),
			),
			Mounts: mounts.map(({type, source, target, isReadOnly}) => ({
				Type: type,
				...(source !== undefined && {Source: source}),
				Target: target,
				ReadOnly: isReadOnly,
			})),
			...(cpus !== undefined && {NanoCpus: Math.round(cpus * nanosPerSecond)}),
			...(memoryMb !== undefined && {Memory: memoryMb * 1_048_576}),
			RestartPolicy: {Name: restart === 'no' ? '' : restart, MaximumRetryCount: restart === 'on-failure' ? 5 : 0},
			...(network !== undefined && {NetworkMode: network}),
		},
	};
}
