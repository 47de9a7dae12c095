import {formatBytes, parseBytes} from 'cws/sdk';
import {invalid} from './fields.ts';

export type Limits = {readonly cpus?: number; readonly memoryMb?: number};

/** Reads `512mb`, `0.5 cpu` or `2 cpu 1 GB`. */
export function parseSize(text: string | undefined): Limits {
	if (text === undefined || text.trim() === '' || text.trim() === '-') {
		return {};
	}

	const match = /^\s*(?:(\d+(?:\.\d+)?)\s*cpus?)?[\s,+]*(\d+(?:\.\d+)?\s*[kmgt]i?b?)?\s*$/i.exec(text);
	const bytes = match?.[2] === undefined ? undefined : parseBytes(match[2]);
	const cpus = match?.[1] === undefined ? undefined : Number(match[1]);
	if (match === null || (bytes === undefined && cpus === undefined) || (cpus ?? 1) < 0.01 || (bytes ?? 6_291_456) < 6_291_456) {
		throw invalid('size', `\`${text}\` is not a size.`, 'use a size like `512 MB`, `0.5 cpu` or `2 cpu 1 GB`');
	}

	return {...(cpus !== undefined && {cpus}), ...(bytes !== undefined && {memoryMb: Math.round(bytes / 1_048_576)})};
}

export function formatLimits({cpus, memoryMb}: Limits): string {
	const parts = [...(cpus === undefined ? [] : [`${cpus} cpu`]), ...(memoryMb === undefined ? [] : [formatBytes(memoryMb * 1_048_576)])];
	return parts.length === 0 ? 'not limited' : parts.join(', ');
}
