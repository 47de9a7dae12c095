import {type Socket} from 'node:net';

/** Whether something accepts a connection on this machine's port. */
export async function portAnswers(port: number, timeoutMs = 300): Promise<boolean> {
	// Loaded when first needed, like every module that the first list does without.
	const {createConnection} = await import('node:net');
	const connects = (host: string): Promise<boolean> => firstEvent(createConnection({host, port}), timeoutMs);
	const answers = await Promise.all(['127.0.0.1', '::1'].map(async host => connects(host)));
	return answers.includes(true);
}

function firstEvent(socket: Socket, timeoutMs: number): Promise<boolean> {
	return new Promise(resolve => {
		const finish = (isOpen: boolean) => {
			clearTimeout(timer);
			socket.destroy();
			resolve(isOpen);
		};
		const timer = setTimeout(() => {
			finish(false);
		}, timeoutMs);
		socket.once('connect', () => {
			finish(true);
		});
		socket.once('error', () => {
			finish(false);
		});
	});
}
