/** What a job has or asks for, of the list that Slurm calls TRES: `cpu=2,mem=100M,node=1,gres/gpu:a100=1`. */
export type Tres = {readonly cpus?: number; readonly memoryMb?: number; readonly nodes?: number; readonly gpus?: number};

export function parseTres(text: string | undefined): Tres {
	const parts = new Map((text ?? '').split(',').map(part => [part.slice(0, part.lastIndexOf('=')), part.slice(part.lastIndexOf('=') + 1)]));
	const whole = (value: string | undefined) => (value !== undefined && /^\d{1,12}$/.test(value) ? Number(value) : undefined);
	// `gres/gpu` counts all; kinds come beside it, or alone.
	const kinds = [...parts].filter(([name]) => name.startsWith('gres/gpu:')).map(([, value]) => whole(value) ?? 0);
	const gpus = whole(parts.get('gres/gpu')) ?? (kinds.length > 0 ? kinds.reduce((sum, count) => sum + count, 0) : undefined);
	const cpus = whole(parts.get('cpu'));
	const nodes = whole(parts.get('node'));
	const memoryMb = parseMegabytes(parts.get('mem'));
	return {
		...(cpus !== undefined && {cpus}),
		...(memoryMb !== undefined && {memoryMb}),
		...(nodes !== undefined && {nodes}),
		...(gpus !== undefined && {gpus}),
	};
}

const powers: Readonly<Record<string, number>> = {K: 1 / 1024, M: 1, G: 1024, T: 1024 ** 2, P: 1024 ** 3};

/** `100M`, `1.5G`; a bare number is in MB, as everywhere in Slurm. */
export function parseMegabytes(text: string | undefined): number | undefined {
	const match = /^(\d{1,15}(?:\.\d+)?)\s*([KMGTP])?(?:i?B)?$/i.exec(text?.trim() ?? '');
	return match ? Math.ceil(Number(match[1]) * powers[(match[2] ?? 'M').toUpperCase()]!) : undefined;
}

/** GPUs of `gpu:2`, `gres:gpu:a100:2`, `gres/gpu:2(IDX:0-1)`, several with commas. */
export function countGpus(text: string | undefined): number | undefined {
	const counts = [...(text ?? '').matchAll(/(?:^|,)(?:gres[:/])?gpu(?:[:/][A-Za-z][\w.-]*)?(?:[:=](\d{1,6}))?(?=$|[,(])/g)].map(
		([, count]) => Number(count ?? 1),
	);
	return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}
