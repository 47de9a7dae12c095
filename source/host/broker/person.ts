import {failure, FailureError} from '../../core/failure/failure.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type UiPort} from '../../core/ports/plugin-ports.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {type UiPermission} from '../../core/manifest/permissions.ts';
import {type Capabilities, type CapabilityHandler} from './capability.ts';
import {type BrokerLimits} from './limits.ts';
import {type LiveRedactor} from './live-redactor.ts';
import {createAllowance} from './pace.ts';
import {type PluginSecrets} from './plugin-secrets.ts';
import {readText} from './read-arguments.ts';
import {denied, overQuota} from './refusals.ts';

/** What one plugin may demand of the person. Outlives its workers. */
export type Attention = {
	/** Asks one thing at a time, three times a minute, until the person has enough. */
	readonly ask: <Answer>(question: () => Promise<{readonly value: Answer; readonly isMuted?: boolean}>) => Promise<Answer>;
	readonly mayNotify: () => boolean;
};

export function createAttention(clock: Pick<Clock, 'monotonic'>, limits: BrokerLimits): Attention {
	const dialogs = createAllowance({clock, limit: limits.dialogsPerMinute, windowMs: minute});
	const notifications = createAllowance({clock, limit: limits.notificationsPerMinute, windowMs: minute});
	let isAsking = false;
	let isMuted = false;

	return {
		mayNotify: () => !isMuted && notifications.take(1),
		async ask(question) {
			if (isMuted) {
				throw denied('The person does not want to be asked by this plugin any more.');
			}

			if (isAsking) {
				throw overQuota('This plugin asks something already.', 'one dialog at a time');
			}

			if (!dialogs.take(1)) {
				throw overQuota('This plugin asks too often.', `${limits.dialogsPerMinute} dialogs a minute`);
			}

			isAsking = true;
			try {
				const answer = await question();
				isMuted = answer.isMuted === true;
				return answer.value;
			} finally {
				isAsking = false;
			}
		},
	};
}

const minute = 60_000;

export type PersonOptions = {
	readonly plugin: {readonly id: string; readonly title: string};
	/** The kinds of dialog it was granted. */
	readonly granted: readonly UiPermission[];
	/** Who shows it now; a dashboard may come after the plugin. */
	readonly ui: () => UiPort | undefined;
	readonly secrets: PluginSecrets;
	readonly attention: Attention;
	readonly redactor: LiveRedactor;
	readonly limits: BrokerLimits;
};

/** `ui.*` and `secrets.request`. Texts become one harmless line; the host draws the plugin's name before each. */
export function createPerson({plugin: {id, title}, granted, ui, secrets, attention, redactor, limits}: PersonOptions): Capabilities {
	const name = {plugin: id, title: safeText(title)};
	const lineOf = (value: unknown, length: number): string =>
		safeText(redactor.redact(readText(value, 'text', 64 * 1024)).slice(0, length)).trim();

	function someone(): UiPort {
		const port = ui();
		if (port === undefined) {
			throw new FailureError(
				failure('CWS_NO_TTY', {
					message: `\`${id}\` wants to ask something, and nobody is here to answer.`,
					fix: 'Run it in the dashboard.',
				}),
			);
		}

		return port;
	}

	const handlers: Readonly<Record<UiPermission, CapabilityHandler>> = {
		async notify(args) {
			const text = lineOf(args[0], limits.uiTextLength);
			if (!attention.mayNotify()) {
				throw overQuota(`\`${id}\` says too much.`, `${limits.notificationsPerMinute} messages a minute`);
			}

			ui()?.notify({...name, text});
			return null;
		},
		async status(args) {
			ui()?.status({...name, text: lineOf(args[0], limits.statusLength)});
			return null;
		},
		async confirm(args, {signal}) {
			const text = lineOf(args[0], limits.uiTextLength);
			const port = someone();
			return attention.ask(() => port.confirm({...name, text, signal}));
		},
		async prompt(args, {signal}) {
			const text = lineOf(args[0], limits.uiTextLength);
			const port = someone();
			return (await attention.ask(() => port.prompt({...name, text, signal, isSecret: false}))) ?? null;
		},
	};

	/** Whether there is one afterwards. The words are the host's and the manifest's, so that no plugin asks for another's secret. */
	const requestSecret: CapabilityHandler = async (args, {signal}) => {
		const secret = secrets.find(readText(args[0], 'name', 100));
		const text = safeText(`${secret.title} (secret \`${secret.name}\` of ${id})`);
		const port = someone();
		const value = await attention.ask(() => port.prompt({...name, text, signal, isSecret: true}));
		if (value === undefined || value === '') {
			return secrets.has(secret.name);
		}

		await secrets.save(secret.name, value.slice(0, limits.secretLength));
		return true;
	};

	return {
		...Object.fromEntries(granted.map(permission => [`ui.${permission}`, handlers[permission]])),
		...(!secrets.isEmpty && {'secrets.request': requestSecret}),
	};
}
