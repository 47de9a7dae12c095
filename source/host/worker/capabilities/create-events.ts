import {type Events} from '../../../sdk/capabilities.ts';
import {frameLimits} from '../../protocol/frame.ts';
import {createTokenBucket} from '../../protocol/token-bucket.ts';
import {jsonOrUndefined} from '../json.ts';
import {sayRate} from '../log.ts';
import {type Outbox} from '../outbox.ts';

export function createEvents(outbox: Outbox): Events {
	const bucket = createTokenBucket(sayRate);
	return {
		emit(event) {
			const json = jsonOrUndefined(event);
			if (json === undefined || json.length > frameLimits.eventLength) {
				throw new RangeError('the event is not JSON of at most 64 KiB');
			}

			if (bucket.take() !== undefined) {
				outbox.sendJson('e', 0, json);
			}
		},
	};
}
