import {formatBytes, parseBytes, providerError} from 'cws/sdk';

export type Size = {readonly cpus?: number; readonly memoryMb?: number};

/** `2 cpu 256 MB`; `-` when nothing is limited. */
export function formatSize({cpus, memoryMb}: Size): string {
	const parts = [...(cpus === undefined ? [] : [`${cpus} cpu`]), ...(memoryMb === undefined ? [] : [formatBytes(memoryMb * 1_048_576)])];
	return parts.length === 0 ? '-' : parts.join(' ');
}

/** Reads what `formatSize` writes, and its parts: `256mb`, `2cpu`, `2 cpu 1 GB`. */
export function parseSize(text: string): Size {
	if (text.trim() === '-') {
		return {cpus: undefined, memoryMb: undefined};
	}

	const match = /^\s*(?:(\d+)\s*cpus?)?[\s,+]*(\d+(?:\.\d+)?\s*[kmgt]i?b?)?\s*$/i.exec(text);
	const bytes = match?.[2] === undefined ? undefined : parseBytes(match[2]);
	const cpus = match?.[1] === undefined ? undefined : Number(match[1]);
	if (match === null || (bytes === undefined && cpus === undefined) || cpus === 0 || (bytes ?? 1e9) < 8_388_608) {
		throw providerError('CWS_INVALID_INPUT', {
			message: `\`${text}\` is not a size.`,
			cause: 'a size of this provider is a number of cores, an amount of memory from 8 MB up, or both',
			fix: 'use a size like `256 MB`, `2 cpu` or `2 cpu 1 GB`',
			details: {field: 'size'},
		});
	}

	return {cpus, memoryMb: bytes === undefined ? undefined : Math.round(bytes / 1_048_576)};
}
