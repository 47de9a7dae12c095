import {failure, type Failure} from '../../../core/failure/failure.ts';
import {type Resource} from '../../../core/resource.ts';
import {type SourceState} from '../../state.ts';

type MissingPart = SourceState['missing'][number];

/** Whether the row belongs to a part that did not answer, so that nobody knows whether it is still there. */
export const isInMissingPart = ({account, region}: Resource, missing: readonly MissingPart[]): boolean =>
	missing.some(part => (part.account === undefined || part.account === account) && (part.region === undefined || part.region === region));

export const partName = ({account, region}: MissingPart): string => [account, region].filter(Boolean).join('/') || 'a part';

export const missingFailure = (part: MissingPart): Failure =>
	failure(part.needsLogin ? 'CWS_NEEDS_LOGIN' : /throttl|rate/i.test(part.reason) ? 'CWS_THROTTLED' : 'CWS_PROVIDER_UNAVAILABLE', {
		message: `${partName(part)}: ${part.reason}`,
		fix: part.fix,
		retryable: !part.needsLogin,
	});
