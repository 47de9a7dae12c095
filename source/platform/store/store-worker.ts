import {parentPort, workerData} from 'node:worker_threads';
import {type ToWorker, type WorkerStart} from './protocol.ts';
import {createStoreServer} from './store-server.ts';

const port = parentPort!;
const server = createStoreServer(workerData as WorkerStart, {
	send(message) {
		port.postMessage(message);
	},
	onClosed() {
		port.close();
	},
});
port.on('message', (message: ToWorker) => {
	server.receive(message);
});
