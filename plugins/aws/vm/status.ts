import {type ResourceOperation, type ResourceStatus} from 'cws/sdk';

export type InstanceState = {readonly status: ResourceStatus; readonly raw: string; readonly reason?: string};

type Facts = {
	readonly State?: {readonly Name?: string};
	readonly StateReason?: {readonly Code?: string; readonly Message?: string};
	readonly StateTransitionReason?: string;
};

/** The state of an instance; a stop that keeps the memory is told from one that does not by its reason. */
export function stateOf({State, StateReason, StateTransitionReason}: Facts): InstanceState {
	const raw = State?.Name || 'unknown';
	const isHibernation = StateReason?.Code === 'Client.UserInitiatedHibernate';
	const status = statuses[raw] ?? 'unknown';
	// A person's own stop is no news; what AWS did is.
	const isByAws = StateReason?.Code?.startsWith('Server.') === true || StateTransitionReason?.startsWith('Server.') === true;
	const reason = isByAws ? (StateReason?.Message ?? StateTransitionReason) : undefined;
	return {
		status: isHibernation && status === 'stopped' ? 'hibernated' : isHibernation && status === 'stopping' ? 'hibernating' : status,
		raw,
		...(reason !== undefined && {reason}),
	};
}

const statuses: Readonly<Record<string, ResourceStatus>> = {
	pending: 'pending',
	running: 'running',
	stopping: 'stopping',
	stopped: 'stopped',
	'shutting-down': 'deleting',
	terminated: 'deleted',
};

type Disabled = Readonly<Partial<Record<ResourceOperation, string>>>;

/** What does not fit a state, with the reason. */
export function disabledIn(
	status: ResourceStatus,
	{canHibernate, isSpot}: {readonly canHibernate: boolean; readonly isSpot: boolean},
): Disabled {
	switch (status) {
		case 'running': {
			return {
				start: 'it is running',
				resume: 'it does not sleep',
				...(!canHibernate && {hibernate: 'it was launched without hibernation'}),
				...(isSpot && {stop: 'a spot instance of one request cannot be stopped, only destroyed'}),
			};
		}

		case 'stopped': {
			const reason = 'it is stopped';
			return {stop: reason, restart: `${reason}; start it`, hibernate: reason, resume: 'it was stopped, not put to sleep', connect: reason};
		}

		case 'hibernated': {
			const reason = 'it sleeps; resume it';
			return {stop: 'it does not run', restart: reason, hibernate: 'it sleeps', connect: reason};
		}

		default: {
			const reason = `it is ${status}`;
			return {start: reason, stop: reason, restart: reason, hibernate: reason, resume: reason, connect: reason};
		}
	}
}
