import {type Resource} from '../../../core/resource.ts';
import {formatBytes} from '../../../core/text/bytes.ts';

type Metrics = Resource['metrics'];

const mib = 1024 * 1024;

/** `7%` of one processor or of all, as its provider counts; empty when nobody knows. */
export const processorText = (metrics: Metrics): string => (metrics?.cpuPercent === undefined ? '' : `${Math.round(metrics.cpuPercent)}%`);

/** `3 MB`, `640 MB`, `1.5 GB`: two digits, so that a program that breathes does not flicker. */
export function memoryText(metrics: Metrics): string {
	const bytes = metrics?.memoryBytes;
	if (bytes === undefined) {
		return '';
	}

	return formatBytes(bytes >= 100 * mib && bytes < 1000 * mib ? Math.round(bytes / mib / 10) * 10 * mib : bytes);
}
