const names = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `0 B`, `256 MB`, `1.5 GB`; powers of 1024, three or four digits at most; `?` for what is no number. */
export function formatBytes(bytes: number): string {
	if (!Number.isFinite(bytes)) {
		return '?';
	}

	let value = Math.max(0, bytes);
	let index = 0;
	while (value >= 1023.5 && index < names.length - 1) {
		value /= 1024;
		index++;
	}

	const digits = index === 0 || value >= 9.95 ? 0 : 1;
	return `${Number(value.toFixed(digits))} ${names[index]}`;
}

/** `256mb`, `1.5 GB`, `1024` in bytes; undefined when it is none of them. */
export function parseBytes(text: string): number | undefined {
	const match = /^\s*(\d+(?:\.\d+)?)\s*(?:([kmgtp])i?)?b?\s*$/i.exec(text);
	return match ? Math.round(Number(match[1]) * 1024 ** ' kmgtp'.indexOf((match[2] || ' ').toLowerCase())) : undefined;
}
