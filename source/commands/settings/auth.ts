import {exitCodes, type ExitCode} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {loginFlows, type LoginFlow} from '../../core/login.ts';
import {formatElapsed} from '../../core/text/duration.ts';
import {nearest} from '../../core/text/nearest.ts';
import {type LoginCommandId} from '../../engine/command-types.ts';
import {type LoginRecord} from '../../engine/logins/login-commands.ts';
import {pluginLogins} from '../../engine/logins/find-login.ts';
import {stringFlag, type Verb, type VerbContext} from '../shared/verb.ts';
import {loginTalk} from './login-talk.ts';

const actions: Readonly<Record<string, LoginCommandId>> = {
	login: 'login',
	status: 'loginStatus',
	refresh: 'refreshLogin',
	logout: 'logout',
};

export const auth: Verb = {
	name: 'auth',
	usage: 'status [LOGIN]\nlogin [LOGIN] [--flow FLOW] [--open] [--dry-run]\nrefresh [LOGIN]\nlogout [LOGIN]',
	short: 'log in where plugins need it, and out again',
	long:
		'LOGIN is a name of `cws auth status`, or the id of the plugin that brings it. `status` of one login ends with 1 when nobody is in.\n\n' +
		'Nothing has to be opened on this machine: the address and the code are shown, and cws waits. What is pasted is not shown, and comes ' +
		'from the standard input where that is no terminal.',
	minimum: 1,
	maximum: 2,
	flags: {
		flow: {type: 'string', value: 'FLOW', choices: loginFlows, short: 'how to log in; the first the login offers when left out'},
		open: {type: 'boolean', short: 'open the address in the browser of this machine'},
		dryRun: {type: 'boolean', short: 'show how the login would go, and ask nobody'},
	},
	examples: ['cws auth status', 'cws auth login', 'cws auth login lab --flow manual'],
	async run(context) {
		const {input, print, flags} = context;
		const [action = '', name] = input;
		const command = Object.hasOwn(actions, action) ? actions[action] : undefined;
		if (command === undefined) {
			const meant = nearest(action, Object.keys(actions));
			return print.failure(
				failure('CWS_USAGE', {
					message: `\`${action}\` is nothing \`cws auth\` does.`,
					fix: meant === undefined ? 'cws auth --help' : `cws auth ${meant}`,
				}),
			);
		}

		const foreign =
			command === 'login' ? undefined : ['flow', 'open', 'dryRun'].find(flag => flags[flag] !== undefined && flags[flag] !== false);
		if (foreign !== undefined) {
			return print.failure(
				failure('CWS_USAGE', {message: `\`--${foreign === 'dryRun' ? 'dry-run' : foreign}\` is a flag of \`cws auth login\` only.`}),
			);
		}

		if (command === 'loginStatus' && name === undefined) {
			return list(context);
		}

		return command === 'login' && flags['dryRun'] === true ? preview(context, name) : run(context, command, name);
	},
};

async function run(context: VerbContext, command: LoginCommandId, name: string | undefined): Promise<ExitCode> {
	const {print, signal, flags} = context;
	const {engine} = await context.app();
	await engine.load();
	const flow = stringFlag(flags, 'flow') as LoginFlow | undefined;
	const found = engine.findLogin(name, flow);
	if (!found.ok) {
		return print.failure(found.error);
	}

	const outcome = await engine.run(
		command,
		{...(name !== undefined && {login: name}), ...(flow !== undefined && {flow})},
		{origin: 'cli', signal, ...(command === 'login' && {talk: loginTalk(found.value, context)})},
	);
	if (!outcome.ok) {
		return print.failure(outcome.error);
	}

	const record = outcome.value;
	if (print.isJson) {
		print.json(record);
	} else {
		print.line(sentenceOf(command, record));
		if (record.fix !== undefined && record.state !== 'in') {
			print.note(`try: ${record.fix}`);
		}
	}

	return command === 'loginStatus' && record.state !== 'in' ? exitCodes.failed : exitCodes.done;
}

/** Every login with who is in; one that cannot be asked is named, and the verb ends as that failure does when none can be. */
async function list({app, print, signal}: VerbContext): Promise<ExitCode> {
	const {engine} = await app();
	await engine.load();
	const asked = await Promise.all(
		pluginLogins(engine.getState().plugins).map(async login => ({
			login,
			outcome: await engine.run('loginStatus', {login: `${login.plugin}/${login.id}`}, {origin: 'cli', signal}),
		})),
	);
	const [first] = asked;
	if (print.isJson) {
		print.json({
			logins: asked.map(({login, outcome}) =>
				outcome.ok ? outcome.value : {login: login.name, title: login.title, plugin: login.plugin, error: outcome.error},
			),
		});
	} else if (first === undefined) {
		print.line('No plugin brings a login.');
	} else {
		print.table(asked, [
			{title: 'LOGIN', value: ({login}) => login.name},
			{title: 'STATE', value: ({outcome}) => (outcome.ok ? stateWords[outcome.value.state] : 'unknown')},
			{title: 'ACCOUNT', value: ({outcome}) => (outcome.ok ? (outcome.value.account ?? '') : ''), canShrink: true},
			{title: 'TOKEN', value: ({outcome}) => (outcome.ok ? (outcome.value.masked ?? '') : '')},
			{title: 'EXPIRES', value: ({outcome}) => (outcome.ok ? expiryOf(outcome.value) : '')},
			{title: 'PLUGIN', value: ({login}) => login.plugin},
			{title: 'WHAT', value: ({login, outcome}) => (outcome.ok ? login.title : outcome.error.message), canShrink: true},
		]);
	}

	const failures = asked.flatMap(({outcome}) => (outcome.ok ? [] : [outcome.error]));
	return failures.length > 0 && failures.length === asked.length ? exitCodes.failed : exitCodes.done;
}

async function preview({app, print, flags}: VerbContext, name: string | undefined): Promise<ExitCode> {
	const {engine} = await app();
	await engine.load();
	const found = engine.findLogin(name, stringFlag(flags, 'flow') as LoginFlow | undefined);
	if (!found.ok) {
		return print.failure(found.error);
	}

	const {name: login, title, plugin, flow, flows, secrets} = found.value;
	if (print.isJson) {
		print.json({login, title, plugin, flow, flows, secrets, status: 'preview'});
	} else {
		print.line(`Would log in to ${title}, as the plugin ${plugin} says: ${flowWords[flow]}.`);
		print.line(
			secrets.length === 0
				? 'The plugin itself keeps what it gets.'
				: `Kept as secrets of ${plugin}, which a logout deletes: ${secrets.join(', ')}`,
		);
	}

	return exitCodes.done;
}

const stateWords = {in: 'logged in', out: 'logged out', expired: 'expired'} as const;

const flowWords: Readonly<Record<LoginFlow, string>> = {
	browser: 'in a browser, at an address that is shown',
	device: 'with a code that is shown, to be typed in any browser',
	manual: 'by pasting what it asks for',
};

function sentenceOf(command: LoginCommandId, record: LoginRecord): string {
	const {title, state, account, masked} = record;
	const details = [masked === undefined ? '' : `token ${masked}`, expiryOf(record)].filter(Boolean).join(', ');
	const who = `${account === undefined ? '' : ` as ${account}`}${details === '' ? '' : ` (${details})`}`;
	switch (state) {
		case 'in': {
			return command === 'refreshLogin' ? `The login to ${title} is renewed${who}` : `Logged in to ${title}${who}`;
		}

		case 'out': {
			return command === 'logout' ? `Logged out of ${title}` : `Nobody is logged in to ${title}`;
		}

		case 'expired': {
			return `The login to ${title} has expired${who}`;
		}
	}
}

function expiryOf({state, expiresAt}: LoginRecord): string {
	const left = expiresAt === undefined ? undefined : expiresAt - Date.now();
	return left === undefined || state === 'out'
		? ''
		: left > 0
			? `expires in ${formatElapsed(left)}`
			: `expired ${formatElapsed(-left)} ago`;
}
