import {createConnection} from 'node:net';

/** Whether something accepts a connection on this machine's port. */
export async function portAnswers(port: number, timeoutMs = 300): Promise<boolean> {
	const answers = await Promise.all(['127.0.0.1', '::1'].map(async host => connects(host, port, timeoutMs)));
	return answers.includes(true);
}

function connects(host: string, port: number, timeoutMs: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = createConnection({host, port});
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
