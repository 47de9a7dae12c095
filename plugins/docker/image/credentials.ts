import {spawn} from 'node:child_process';
import {type World} from '../context.ts';
import {readConfig} from '../endpoint/docker-contexts.ts';
import {dockerDirectory} from '../endpoint/discover.ts';
import {at, textAt} from '../read.ts';

const helperMs = 10_000;

/**
The header that shows the person's login to a registry, from the configuration of the Docker command or its credential helper.
Undefined without one: most pulls need none.
*/
export async function registryAuth(world: World, registry: string): Promise<string | undefined> {
	const config = readConfig(dockerDirectory(world));
	const helper = textAt(config, 'credHelpers', registry) ?? textAt(config, 'credsStore');
	const auth = (helper === undefined ? undefined : await askHelper(helper, registry, world)) ?? fromFile(config, registry);
	return auth === undefined ? undefined : encode({...auth, serveraddress: registry});
}

// The engines read base64 of the kind for URLs only with its padding, and take anything else for no login at all.
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

type Auth = {readonly username: string; readonly password: string} | {readonly identitytoken: string};

function fromFile(config: unknown, registry: string): Auth | undefined {
	const entry = at(config, 'auths', registry) ?? at(config, 'auths', `https://${registry}`);
	const token = textAt(entry, 'identitytoken');
	if (token !== undefined) {
		return {identitytoken: token};
	}

	const [username, ...password] = Buffer.from(textAt(entry, 'auth') ?? '', 'base64')
		.toString('utf8')
		.split(':');
	return username && password.length > 0 ? {username, password: password.join(':').replace(/\0+$/, '')} : undefined;
}

// The protocol of credential helpers: the registry on the input, JSON on the output.
async function askHelper(helper: string, registry: string, {env}: World): Promise<Auth | undefined> {
	if (!/^[\w.-]+$/.test(helper)) {
		return undefined;
	}

	const output = await new Promise<string>(resolve => {
		const child = spawn(`docker-credential-${helper}`, ['get'], {stdio: ['pipe', 'pipe', 'ignore'], env, timeout: helperMs});
		let text = '';
		child.stdout.setEncoding('utf8').on('data', (part: string) => {
			text = (text + part).slice(0, 65_536);
		});
		child.on('error', () => resolve(''));
		child.on('close', code => resolve(code === 0 ? text : ''));
		child.stdin.on('error', () => {});
		child.stdin.end(registry);
	});
	try {
		const answer: unknown = JSON.parse(output);
		const username = textAt(answer, 'Username');
		const secret = textAt(answer, 'Secret');
		return username === undefined || secret === undefined
			? undefined
			: username === '<token>'
				? {identitytoken: secret}
				: {username, password: secret};
	} catch {
		return undefined;
	}
}
