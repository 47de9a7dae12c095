import {failure, type Failure} from '../../core/failure/failure.ts';
import {type PluginRecord} from '../../core/plugin.ts';

/** Why a plugin may not run at all now, whatever is asked of it. */
export function refusalOf({id, state, stage, error}: PluginRecord): Failure | undefined {
	switch (state) {
		case 'disabled': {
			return failure('CWS_PLUGIN_DISABLED', {message: `The plugin \`${id}\` is disabled.`, fix: `Run \`cws plugin enable ${id}\`.`});
		}

		case 'quarantined': {
			return failure('CWS_PLUGIN_QUARANTINED', {
				message: `The plugin \`${id}\` failed too often and was put aside.`,
				...(error && {cause: error.message}),
				fix: `Run \`cws plugin reload ${id}\` to try it again.`,
			});
		}

		case 'stopped': {
			return failure('CWS_PLUGIN_DISABLED', {message: `The plugin \`${id}\` was unloaded.`, fix: `Run \`cws plugin load ${id}\`.`});
		}

		case 'blocked':
		case 'shadowed': {
			return error;
		}

		default: {
			return state === 'failed' && stage === 'manifest' ? error : undefined;
		}
	}
}

/** What a call gets while a plugin rests after a failure. */
export const restingFailure = ({id, error}: PluginRecord, waitMs: number, isCircuitOpen: boolean): Failure =>
	failure(isCircuitOpen ? 'CWS_PLUGIN_QUARANTINED' : (error?.code ?? 'CWS_PLUGIN_CRASHED'), {
		message: `The plugin \`${id}\` failed${isCircuitOpen ? ' several times' : ''} and is tried again in ${Math.ceil(waitMs / 1000)} s.`,
		...(error && {cause: error.message}),
		fix: `Wait, or run \`cws plugin reload ${id}\`.`,
		retryable: true,
	});

export const reloadedFailure = (id: string): Failure =>
	failure('CWS_PLUGIN_RELOADED', {
		message: `The plugin \`${id}\` was reloaded meanwhile.`,
		fix: 'Try again; the new one answers.',
		retryable: true,
	});

export const closingFailure: Failure = failure('CWS_CANCELLED', {message: 'cws is closing.'});

export const zombieFailure = (id: string): Failure =>
	failure('CWS_PLUGIN_CRASHED', {message: `The old thread of the plugin \`${id}\` does not end.`, fix: 'Restart cws.'});

export const undeadFailure = (id: string): Failure =>
	failure('CWS_PLUGIN_TIMEOUT', {message: `The thread of the plugin \`${id}\` does not end.`, fix: 'End cws with SIGKILL.'});
