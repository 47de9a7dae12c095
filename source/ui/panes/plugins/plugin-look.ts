import {type PluginRecord} from '../../../core/plugin.ts';
import {type Token} from '../../theme/tokens.ts';
import {latencyText} from '../../view/latency-text.ts';
import {spinnerGlyph} from '../resources/status-look.ts';

export type PluginLook = {
	readonly glyph: string;
	readonly word: string;
	readonly token: Token;
	/** The last column: how fast it answers, or what to do. */
	readonly info: string;
	readonly infoToken: Token;
	/** The same in more words, where there is room. */
	readonly longInfo?: string;
};

/** Lifecycle and health in one line: a plugin that does not run says so, one that runs says how it is. */
export function pluginLook(plugin: PluginRecord, spinner: number, now: number): PluginLook {
	if (isUntrusted(plugin)) {
		// Nothing is wrong with it: it only lies in a folder nobody vouched for.
		return {
			glyph: '○',
			word: 'off',
			token: 'text.faint',
			info: 'not trusted',
			longInfo: 'not trusted: cws plugin trust .',
			infoToken: 'text.faint',
		};
	}

	switch (plugin.state) {
		case 'discovered': {
			return {glyph: '◌', word: 'idle', token: 'text.faint', info: plugin.absent === undefined ? '' : 'not here', infoToken: 'text.faint'};
		}

		case 'disabled':
		case 'stopped':
		case 'shadowed': {
			return {glyph: '○', word: 'off', token: 'text.faint', info: plugin.state === 'shadowed' ? 'shadowed' : '', infoToken: 'text.faint'};
		}

		case 'starting':
		case 'stopping': {
			return {glyph: spinnerGlyph(spinner), word: plugin.state, token: 'status.changing', info: '', infoToken: 'text.muted'};
		}

		case 'backoff': {
			const wait = plugin.retryAt === undefined ? '' : `in ${Math.max(0, Math.ceil((plugin.retryAt - now) / 1000))} s`;
			return {glyph: '◐', word: 'retry', token: 'health.warn', info: wait, infoToken: 'text.muted'};
		}

		case 'failed':
		case 'blocked':
		case 'quarantined': {
			return {
				glyph: '✖',
				word: plugin.state === 'failed' ? 'fail' : plugin.state,
				token: 'health.fail',
				info: plugin.consent === undefined ? 'see why' : 'asks',
				...(plugin.consent !== undefined && {longInfo: asksFor(plugin.consent.needed.length)}),
				infoToken: plugin.consent === undefined ? 'text.muted' : 'health.warn',
			};
		}

		case 'active': {
			const look = healthLook(plugin);
			return plugin.consent === undefined ? look : {...look, info: 'asks', longInfo: 'its update asks for more', infoToken: 'health.warn'};
		}
	}
}

const isUntrusted = ({state, error}: PluginRecord): boolean => state === 'blocked' && error?.code === 'CWS_PLUGIN_UNTRUSTED';

const asksFor = (count: number): string => `asks for ${count} ${count === 1 ? 'permission' : 'permissions'}`;

function healthLook({health}: PluginRecord): PluginLook {
	const latency = latencyText(health);
	switch (health.status) {
		case 'pass': {
			return {glyph: '●', word: 'pass', token: 'health.pass', info: latency, infoToken: 'text.muted'};
		}

		case 'warn': {
			return {glyph: '◐', word: 'warn', token: 'health.warn', info: latency, infoToken: 'text.muted'};
		}

		case 'fail': {
			return health.needsLogin
				? {glyph: '✖', word: 'fail', token: 'health.fail', info: 'log in', infoToken: 'health.fail'}
				: {glyph: '✖', word: 'fail', token: 'health.fail', info: latency, infoToken: 'text.muted'};
		}

		case 'unknown': {
			return {glyph: '◌', word: 'checking', token: 'health.unknown', info: '', infoToken: 'text.muted'};
		}
	}
}
