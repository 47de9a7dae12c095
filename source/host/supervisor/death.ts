import {failure, type Failure} from '../../core/failure/failure.ts';

/** Why a worker ended or had to be ended. */
export type Death = {
	/** Strikes it costs: 3 mean quarantine at once. */
	readonly weight: number;
	/** It took too much memory; one that does again gets a process of its own. */
	readonly isMemory?: boolean;
	/** Completes the sentence "The plugin `x` …". */
	readonly what: string;
	readonly cause?: string;
	readonly fix?: string;
	/** The plugin broke the rules of the protocol, not just itself. */
	readonly isViolation?: boolean;
};

export const stuck: Death = {weight: 1, what: 'is stuck in a loop or in one long call'};

export function deathFailure(plugin: string, {what, cause, fix, isViolation}: Death): Failure {
	return failure(isViolation === true ? 'CWS_PLUGIN_PROTOCOL' : 'CWS_PLUGIN_CRASHED', {
		message: `The plugin \`${plugin}\` ${what}.`,
		...(cause !== undefined && {cause}),
		...((fix !== undefined || isViolation !== true) && {
			fix: fix ?? `It starts again by itself; see \`cws plugin status ${plugin}\`.`,
		}),
		retryable: isViolation !== true,
	});
}
