import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type LoginFlow} from '../../core/login.ts';
import {type AuthProviderContribution} from '../../core/manifest/contributions.ts';
import {pluginKey} from '../../core/plugin-key.ts';
import {isPresent} from '../../core/plugin-presence.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {nearest} from '../../core/text/nearest.ts';
import {findPlugin, secretsOf} from '../run/find-secret.ts';

/** Where a person can log in, as a plugin brings it. */
export type Login = Pick<AuthProviderContribution, 'id' | 'title' | 'flows' | 'handler'> & {
	/** How a person names it: its id, with the plugin before it where two plugins have one of that id. */
	readonly name: string;
	readonly plugin: string;
	/** Of `pluginKey`. */
	readonly key: string;
	/** Secrets of the plugin that hold its tokens. */
	readonly secrets: readonly string[];
};

/** All logins of plugins that are there, by their names. */
export function pluginLogins(records: readonly PluginRecord[]): readonly Login[] {
	const all = records
		.filter(record => isPresent(record))
		.flatMap(record =>
			(record.manifest.contributes?.authProviders ?? []).map(({id, title, flows, handler, secrets = []}) => ({
				id,
				title,
				flows,
				handler,
				secrets,
				plugin: record.id,
				key: pluginKey(record),
			})),
		);
	return all
		.map(login => ({...login, name: all.filter(({id}) => id === login.id).length > 1 ? `${login.plugin}/${login.id}` : login.id}))
		.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A login by its name, by `plugin/id`, or by the id of a plugin that brings one; without a name the only one there is. */
export function findLogin(records: readonly PluginRecord[], wanted: string | undefined): Outcome<Login> {
	const all = pluginLogins(records);
	const found = wanted === undefined ? all : candidates(all, wanted);
	const [login, ...others] = found;
	if (login !== undefined && others.length === 0) {
		return ok(login);
	}

	if (login !== undefined) {
		const names = found.map(({name}) => name);
		return failed(
			failure(wanted === undefined ? 'CWS_USAGE' : 'CWS_AMBIGUOUS', {
				message: wanted === undefined ? 'There are several logins.' : `There are several logins \`${wanted}\`.`,
				fix: `name one of ${names.map(name => `\`${name}\``).join(', ')}`,
				details: {references: names},
			}),
		);
	}

	return failed(wanted === undefined ? noLogins : unknownLogin(records, all, wanted));
}

/** The flow that was asked for, or the first one the login has. */
export function chooseFlow({name, flows}: Login, wanted: LoginFlow | undefined): Outcome<LoginFlow> {
	const flow = wanted ?? flows[0];
	return flow !== undefined && flows.includes(flow)
		? ok(flow)
		: failed(
				failure('CWS_NOT_SUPPORTED', {
					message: `The login \`${name}\` cannot be done by \`${flow ?? ''}\`.`,
					fix: `it can be done by ${flows.map(one => `\`${one}\``).join(', ')}`,
					details: {flows},
				}),
			);
}

function candidates(all: readonly Login[], wanted: string): readonly Login[] {
	const exact = all.filter(({name, plugin, id}) => name === wanted || id === wanted || `${plugin}/${id}` === wanted);
	return exact.length > 0 ? exact : all.filter(({plugin}) => plugin === wanted);
}

const noLogins = failure('CWS_NOT_FOUND', {
	message: 'No plugin brings a login.',
	fix: '`cws secrets list` shows what plugins need to be let in',
});

function unknownLogin(records: readonly PluginRecord[], all: readonly Login[], wanted: string) {
	const plugin = findPlugin(records, wanted);
	if (plugin !== undefined) {
		const [secret] = secretsOf(plugin);
		const brings = plugin.manifest.contributes?.authProviders?.[0];
		return failure('CWS_NOT_SUPPORTED', {
			message: `The plugin \`${wanted}\` ${brings === undefined ? 'brings no login' : `is ${plugin.state}, and its login with it`}.`,
			fix:
				brings !== undefined
					? `cws plugin status ${wanted}`
					: secret === undefined
						? '`cws health` says whether it is let in'
						: `cws secrets set ${wanted} ${secret.name}`,
		});
	}

	const meant = nearest(
		wanted,
		all.map(({name}) => name),
	);
	return failure('CWS_NOT_FOUND', {
		message: `No login \`${wanted}\`.`,
		fix: meant === undefined ? '`cws auth status` lists them' : `did you mean \`${meant}\`?`,
	});
}
