import {providerError, type ResourceTarget} from 'cws/sdk';
import {type LocalContext} from '../context.ts';
import {directoryOf} from '../storage/paths.ts';
import {readStored, type StoredWorkstation} from '../storage/records.ts';

/** The workstation a call is about; throws when it is gone or its record is damaged. */
export function findWorkstation(context: LocalContext, {id, name}: ResourceTarget): StoredWorkstation {
	const stored = readStored(context, id);
	if (stored === undefined) {
		throw providerError('CWS_NOT_FOUND', {message: `There is no workstation \`${name}\` any more.`, fix: 'refresh the list'});
	}

	if (stored === 'corrupt') {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `The record of \`${name}\` is damaged.`,
			fix: `mend \`workstation.json\` in ${directoryOf(context, id)}, or remove that directory`,
		});
	}

	return stored;
}
