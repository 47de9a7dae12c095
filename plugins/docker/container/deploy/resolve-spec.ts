import {type DeploySpec, providerError} from 'cws/sdk';
import {type ImageName, parseImageName} from '../../image/name.ts';
import {type Fields, invalid, number, oneOf, pairs, text, texts} from './fields.ts';
import {type Mount, parseMount} from './mounts.ts';
import {parsePort, type PortMapping} from './ports.ts';
import {type Limits, parseSize} from './size.ts';
import {splitWords} from './split-words.ts';

export type ContainerSpec = Limits & {
	readonly name: string;
	readonly image: ImageName;
	readonly command?: readonly string[];
	readonly ports: readonly PortMapping[];
	readonly mounts: readonly Mount[];
	readonly env: Readonly<Record<string, string>>;
	readonly restart: (typeof restartPolicies)[number];
	readonly healthCommand?: string;
	readonly healthSeconds: number;
	readonly network?: string;
	readonly user?: string;
	readonly directory?: string;
	readonly pull: (typeof pullPolicies)[number];
	readonly tags: Readonly<Record<string, string>>;
};

const restartPolicies = ['no', 'on-failure', 'unless-stopped', 'always'] as const;
const pullPolicies = ['missing', 'always', 'never'] as const;
const containerName = /^[a-zA-Z0-9][\w.-]{0,127}$/;

/** Completes and checks what was asked for. No engine is asked; every problem is thrown with its field. */
export function resolveContainer(deploy: DeploySpec): ContainerSpec {
	const {fields, name, tags = {}} = deploy;
	if (!containerName.test(name)) {
		throw providerError('CWS_INVALID_NAME', {message: `\`${name}\` cannot be the name of a container.`, details: {field: 'name'}});
	}

	const image = text(fields, 'image') ?? deploy.template;
	if (image === undefined) {
		throw invalid('image', 'A container needs an image.', 'give one, for example `image=nginx:1.29`');
	}

	const size = parseSize(deploy.size);
	const cpus = number(fields, 'cpus', {minimum: 0.01, maximum: 4096, isWhole: false}) ?? size.cpus;
	// Both engines refuse less than 6 MB.
	const memoryMb = number(fields, 'memoryMb', {minimum: 6, maximum: 16_777_216, isWhole: true}) ?? size.memoryMb;
	const command = commandOf(fields);
	const healthCommand = text(fields, 'healthCommand');
	const network = named(fields, 'network', /^[a-zA-Z0-9][\w.:-]{0,255}$/);
	const user = named(fields, 'user', /^[\w.$-]{1,64}(?::[\w.$-]{1,64})?$/);
	const directory = named(fields, 'directory', /^\/[^\n]{0,4095}$/);
	return {
		name,
		image: parseImageName(image, 'image'),
		...(command !== undefined && {command}),
		ports: onceEach(texts(fields, 'ports').map(port => parsePort(port))),
		mounts: texts(fields, 'mounts').map(mount => parseMount(mount)),
		env: pairs(fields, 'env', /^[^=\s\0]+$/),
		...(cpus !== undefined && {cpus}),
		...(memoryMb !== undefined && {memoryMb}),
		restart: oneOf(fields, 'restart', restartPolicies) ?? 'no',
		...(healthCommand !== undefined && {healthCommand}),
		healthSeconds: number(fields, 'healthSeconds', {minimum: 1, maximum: 3600, isWhole: true}) ?? 30,
		...(network !== undefined && {network}),
		...(user !== undefined && {user}),
		...(directory !== undefined && {directory}),
		pull: oneOf(fields, 'pull', pullPolicies) ?? 'missing',
		tags,
	};
}

function commandOf(fields: Fields): readonly string[] | undefined {
	const line = text(fields, 'command');
	const words = line === undefined ? undefined : splitWords(line);
	if (line !== undefined && (words === undefined || words.length === 0)) {
		throw invalid('command', 'A quote of the command is not closed.', 'close it, or put a backslash before it');
	}

	return words;
}

function named(fields: Fields, field: string, pattern: RegExp): string | undefined {
	const value = text(fields, field);
	if (value !== undefined && !pattern.test(value)) {
		throw invalid(field, `\`${value}\` cannot be the ${field} of a container.`, `change \`${field}\``);
	}

	return value;
}

function onceEach(ports: readonly PortMapping[]): readonly PortMapping[] {
	const seen = new Set<string>();
	for (const {ip = '', outside, protocol} of ports) {
		const key = `${ip}:${outside}/${protocol}`;
		if (outside !== undefined && seen.has(key)) {
			throw invalid('ports', `Port ${outside} is published twice.`, 'leave one of them out');
		}

		seen.add(key);
	}

	return ports;
}
