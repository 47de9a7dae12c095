import {accessSync, constants} from 'node:fs';
import path from 'node:path';
import {type Connection, providerError, type ResourceTarget} from 'cws/sdk';
import {type AwsState} from '../state.ts';
import {tagsOf, userTag} from './map.ts';
import {type FoundVm, needVm} from './read.ts';

/** A shell there: by ssh where there is an address and a key pair, by the Session Manager of the installed `aws` otherwise. */
export async function connectVm(
	state: AwsState,
	target: ResourceTarget,
	{command = []}: {readonly command?: readonly string[]},
	signal: AbortSignal,
): Promise<Connection> {
	const found = await needVm(state, target, signal);
	const {resource, instance} = found;
	if (resource.status !== 'running') {
		throw providerError('CWS_INVALID_STATE', {message: `\`${resource.name}\` is ${resource.status}.`, fix: 'start it first'});
	}

	if (state.config.demo === true) {
		throw providerError('CWS_NOT_SUPPORTED', {message: `This is a demo: \`${resource.name}\` is a recording, and nothing answers there.`});
	}

	const {connect} = state.config;
	const address = instance.PublicIpAddress ?? (connect === 'ssh' ? instance.PrivateIpAddress : undefined);
	const hasKey = instance.KeyName !== undefined || state.config.sshKeyFile !== undefined;
	if (address !== undefined && connect !== 'ssm' && (hasKey || connect === 'ssh')) {
		return bySsh(state, found, address, command);
	}

	if (connect === 'ssh') {
		throw providerError('CWS_NOT_SUPPORTED', {message: `\`${resource.name}\` has no address.`, fix: 'set `plugins.aws.connect` to `ssm`'});
	}

	return bySessionManager(state, found, command);
}

function bySsh({config}: AwsState, {instance, resource}: FoundVm, address: string, command: readonly string[]): Connection {
	const user = config.sshUser ?? tagsOf(instance.Tags)[userTag] ?? 'ec2-user';
	// A tag is what anyone in the account may write; a user's name never begins with a dash.
	const safeUser = /^[A-Za-z_][\w.-]{0,63}$/.test(user) ? user : 'ec2-user';
	return {
		kind: 'exec',
		command: 'ssh',
		args: [
			...(config.sshKeyFile === undefined ? [] : ['-i', config.sshKeyFile]),
			// The same address belongs to another machine tomorrow; the id never does.
			'-o',
			`HostKeyAlias=${resource.id}`,
			...(command.length > 0 ? ['-t'] : []),
			'--',
			`${safeUser}@${address}`,
			...command.map(quoteWord),
		],
		title: resource.name,
	};
}

// What ssh sends is one line for the shell there; a word stays a word only in quotes.
const quoteWord = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);

function bySessionManager({world}: AwsState, {part: {account, region}, resource}: FoundVm, command: readonly string[]): Connection {
	const missing = ['aws', 'session-manager-plugin'].filter(name => !isInstalled(name, world.env['PATH'] ?? ''));
	if (missing.length > 0) {
		throw providerError('CWS_COMMAND_NOT_FOUND', {
			message: `\`${resource.name}\` can only be reached by the Session Manager.`,
			cause: `${missing.map(name => `\`${name}\``).join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed; it has no public address with a key pair`,
			fix: 'install the AWS CLI and its Session Manager plugin',
		});
	}

	return {
		kind: 'exec',
		command: 'aws',
		args: [
			'ssm',
			'start-session',
			'--target',
			resource.id,
			'--region',
			region,
			...(account.profile === undefined ? [] : ['--profile', account.profile]),
			...(command.length === 0
				? []
				: [
						'--document-name',
						'AWS-StartInteractiveCommand',
						'--parameters',
						JSON.stringify({command: [command.map(quoteWord).join(' ')]}),
					]),
		],
		title: resource.name,
	};
}

function isInstalled(name: string, search: string): boolean {
	return search.split(path.delimiter).some(directory => {
		try {
			accessSync(path.join(directory, name), constants.X_OK);
			return directory !== '';
		} catch {
			return false;
		}
	});
}
