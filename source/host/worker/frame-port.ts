import {type MessagePort} from 'node:worker_threads';
import {type Frame, transferOf} from '../protocol/frame.ts';

/** The worker's end of the line to the host, whatever carries it. */
export type FramePort = {
	readonly post: (frame: Frame) => void;
	readonly onFrame: (listener: (frame: Frame) => void) => void;
};

export const framePortOf = (port: MessagePort): FramePort => ({
	post: frame => port.postMessage(frame, transferOf(frame[2])),
	onFrame: listener => void port.on('message', listener),
});
