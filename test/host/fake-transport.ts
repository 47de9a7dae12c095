import {type Transport, type TransportStats} from '../../source/host/transport/transport.ts';

/** A transport without a worker: the test says what arrives and sees what was sent. */
export function createFakeTransport() {
	const sent: (readonly [kind: string, id: number, value: unknown])[] = [];
	const priorities: number[] = [];
	let receive: (message: unknown) => void = () => {};
	let stats: () => Promise<TransportStats> = async () => ({memoryBytes: 0, cpuMicros: 0});
	const transport: Transport = {
		send(kind, id, value) {
			sent.push([kind, id, value]);
			return true;
		},
		onFrame(listener) {
			receive = listener;
		},
		onOutput() {},
		onExit() {},
		stats: () => stats(),
		lowerPriority(nice) {
			priorities.push(nice);
			return true;
		},
		kill: async () => 0,
	};
	return {
		transport,
		sent,
		priorities,
		kinds: () => sent.map(([kind]) => kind).join(''),
		raw: (message: unknown) => receive(message),
		receive: (kind: string, id = 0, value?: unknown) => receive(value === undefined ? [kind, id] : [kind, id, JSON.stringify(value)]),
		answerStats(next: () => Promise<TransportStats>) {
			stats = next;
		},
	};
}
