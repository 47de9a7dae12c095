import {providerError} from 'cws/sdk';

/** The call a sleeping network card listens for: six times 255, then its own address sixteen times. */
export function magicPacket(mac: string): Buffer {
	const address = Buffer.from(mac.replaceAll(/[:-]/g, ''), 'hex');
	return Buffer.concat([Buffer.alloc(6, 0xff), ...Array.from({length: 16}, () => address)]);
}

/** Sends it to the whole network, three times, since nobody confirms it. */
export async function wake({
	mac,
	broadcast,
	port,
}: {
	readonly mac: string;
	readonly broadcast: string;
	readonly port: number;
}): Promise<void> {
	const {createSocket} = await import('node:dgram');
	const socket = createSocket('udp4');
	const packet = magicPacket(mac);
	try {
		await new Promise<void>((resolve, reject) => {
			socket.once('error', reject);
			socket.bind(0, () => {
				socket.setBroadcast(true);
				let left = 3;
				for (let sent = 0; sent < 3; sent++) {
					socket.send(packet, port, broadcast, error => {
						left--;
						if (error !== null) {
							reject(error);
						} else if (left === 0) {
							resolve();
						}
					});
				}
			});
		});
	} catch (error) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: 'The wake-up call could not be sent.',
			cause: (error as Error).message,
			fix: `check \`broadcast\` (now ${broadcast})`,
		});
	} finally {
		socket.close();
	}
}
