import {createFrameReader, packFrame} from '../protocol/byte-frames.ts';
import {type FramePort} from '../worker/frame-port.ts';

/** The line to the host when this is a process of its own: the pipe it was started with. When that closes, the host is gone. */
export function openProcessPort(fd = 3): FramePort {
	// Not imported: a thread starts faster without it.
	const {Socket} = process.getBuiltinModule('node:net');
	const socket = new Socket({fd, readable: true, writable: true});
	// What `process.exit` calls at last; the rest of it will be gone.
	const {reallyExit} = process as unknown as {readonly reallyExit: (code: number) => void};
	const leave = (code: number) => Reflect.apply(reallyExit, process, [code]);
	socket.on('error', () => leave(1));
	socket.on('close', () => leave(0));
	return {
		post: frame => void socket.write(packFrame(frame)),
		onFrame(listener) {
			socket.on(
				'data',
				createFrameReader(frame => {
					if (frame !== undefined) {
						listener(frame);
					}
				}),
			);
		},
	};
}
