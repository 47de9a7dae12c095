/** Health in the words of the IETF draft; `unknown` before the first answer. */
export type HealthStatus = 'pass' | 'warn' | 'fail' | 'unknown';

/** One part of a health, for a plugin that speaks to several things. */
export type HealthCheck = {
	readonly name: string;
	readonly status: HealthStatus;
	readonly output?: string;
	readonly observedValue?: number | string;
	readonly observedUnit?: string;
};

/** How a plugin is: `pass`, `warn` or `fail`, and a line that says why. `latencyMs` is that of what it speaks to. */
export type Health = {
	readonly status: HealthStatus;
	/** One line for the pane: why it is not `pass`, or what answered. */
	readonly output?: string;
	readonly checks?: readonly HealthCheck[];
	/** What the user has to do, for example a command that logs in. */
	readonly fix?: string;
	readonly needsLogin?: boolean;
	/** Round trip of the check in milliseconds, measured by the host. */
	readonly latencyMs?: number;
	/** Epoch milliseconds, stamped by the host. */
	readonly observedAt?: number;
};

const order: readonly HealthStatus[] = ['unknown', 'pass', 'warn', 'fail'];

/** The worse of the given states; `unknown` only when nothing else is there. */
export const worstHealth = (states: readonly HealthStatus[]): HealthStatus =>
	states.reduce<HealthStatus>((worst, state) => (order.indexOf(state) > order.indexOf(worst) ? state : worst), 'unknown');
