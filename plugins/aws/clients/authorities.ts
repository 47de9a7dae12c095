import {readFile} from 'node:fs/promises';
import {Agent} from 'node:https';
import {getCACertificates} from 'node:tls';
import {providerError} from 'cws/sdk';

/**
What a connection trusts when `AWS_CA_BUNDLE` or `ca_bundle` of a profile names a file: the authorities of that file beside those of Node,
with NODE_EXTRA_CA_CERTS, which Node itself reads when it starts. Undefined when no file is named. Throws when it cannot be read: to go
on without it would end in an error that says something else.
*/
export async function agentFor(file: string | undefined): Promise<Agent | undefined> {
	if (file === undefined || file === '') {
		return undefined;
	}

	try {
		const text = await readFile(file, 'utf8');
		if (!text.includes('-----BEGIN CERTIFICATE-----')) {
			throw new Error('it holds no certificate in PEM');
		}

		return new Agent({keepAlive: true, maxSockets: 50, ca: [...getCACertificates('default'), text]});
	} catch (error) {
		throw providerError('CWS_CONFIG', {
			message: `The file of authorities \`${file}\` cannot be used.`,
			cause: (error as Error).message,
			fix: 'correct AWS_CA_BUNDLE or `ca_bundle` of the profile',
		});
	}
}
