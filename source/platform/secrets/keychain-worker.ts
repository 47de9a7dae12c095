import {parentPort, workerData} from 'node:worker_threads';
import {type KeychainQuestion, type KeychainReply} from './keychain-protocol.ts';

// A thread of its own, because the first contact with a keychain that does not answer holds its caller for seconds.
const {service} = workerData as {readonly service: string};
// The kernel's keyring, which the library would fall back to, forgets everything at a restart.
const options = {linux: {store: 'secret-service'}} as const;

const reply = (message: KeychainReply) => {
	// oxlint-disable-next-line unicorn/require-post-message-target-origin
	parentPort!.postMessage(message);
};

parentPort!.on('message', (question: KeychainQuestion) => {
	answer(question).then(
		value => {
			reply({id: question.id, value});
		},
		(error: unknown) => {
			reply({id: question.id, error: error instanceof Error ? error.message : String(error)});
		},
	);
});

async function answer(question: KeychainQuestion): Promise<unknown> {
	// Loaded here, because a machine without its binary must not keep cws from starting.
	const {AsyncEntry, findCredentialsAsync} = await import('@napi-rs/keyring');
	const entry = (account: string) => new AsyncEntry(service, account, options);
	switch (question.method) {
		case 'probe': {
			await entry('probe').getPassword();
			return true;
		}

		case 'list': {
			// The library gives the values too; they stay here.
			return (await findCredentialsAsync(service)).map(({account}) => account);
		}

		case 'get': {
			return (await entry(question.account).getPassword()) ?? undefined;
		}

		case 'set': {
			await entry(question.account).setPassword(question.value);
			return true;
		}

		case 'delete': {
			return entry(question.account).deletePassword();
		}
	}
}
