/** What an instance type is, as far as its name says. */
export type SizeParts = {readonly family: string; readonly name: string};

/** `m7i-flex.2xlarge` in its two halves; undefined when it is no type of AWS. */
export function splitType(type: string): SizeParts | undefined {
	const match = /^([a-z][a-z0-9-]{0,30})\.([a-z0-9-]{1,20})$/.exec(type);
	return match === null ? undefined : {family: match[1]!, name: match[2]!};
}

const small: Readonly<Record<string, number>> = {nano: 0.25, micro: 0.5, small: 1, medium: 2, large: 4, xlarge: 8};

/** How big a size is: `small` is 1, `large` 4, `2xlarge` 16. Undefined for `metal` and what is not known. */
export function sizeFactor(name: string): number | undefined {
	const times = /^(\d{1,3})xlarge$/.exec(name)?.[1];
	return times === undefined ? small[name] : Number(times) * 8;
}

/** Whether a type has an Arm processor: a `g` behind the generation, or the first ones, a1. */
export function isArm(type: string): boolean {
	const family = splitType(type)?.family ?? '';
	return family === 'a1' || /^[a-z]+\d+[a-z]*g(?!.*x)[a-z]*$/.test(family.replace(/-.*/, ''));
}

const gbPerCpu: Readonly<Record<string, number>> = {c: 2, m: 4, r: 8, a: 2};
const burstMb: Readonly<Record<string, number>> = {nano: 512, micro: 1024, small: 2048, medium: 4096, large: 8192};

/** Processors and memory of the plain families, by rule; undefined for the others, which are told when the machine runs. */
export function shapeOf(type: string): {readonly cpus: number; readonly memoryMb: number} | undefined {
	const parts = splitType(type);
	const factor = parts === undefined ? undefined : sizeFactor(parts.name);
	const kind = /^([a-z]+)\d/.exec(parts?.family ?? '')?.[1];
	if (parts === undefined || factor === undefined || kind === undefined) {
		return undefined;
	}

	if (kind === 't') {
		const isOld = parts.family === 't2' && factor <= 1;
		const memoryMb = burstMb[parts.name] ?? factor * 2048;
		return {cpus: isOld ? 1 : Math.max(2, factor / 2), memoryMb};
	}

	const gb = gbPerCpu[kind];
	const cpus = factor / 2;
	return gb === undefined || cpus < 1 ? undefined : {cpus, memoryMb: cpus * gb * 1024};
}

/** `2 cpu 8 GB`. */
export function formatShape({cpus, memoryMb}: {readonly cpus: number; readonly memoryMb: number}): string {
	return `${cpus} cpu ${memoryMb < 1024 ? `${memoryMb} MB` : `${memoryMb / 1024} GB`}`;
}

/** What a form offers; any other type may be typed. */
export const offeredTypes: readonly string[] = [
	't4g.nano',
	't3.micro',
	't3.small',
	't3.medium',
	't3.large',
	't4g.small',
	't4g.medium',
	'm7i.large',
	'm7i.xlarge',
	'm7g.large',
	'm7g.xlarge',
	'c7i.large',
	'c7i.xlarge',
	'c7i.4xlarge',
	'r7i.large',
	'r7i.xlarge',
	'r7g.large',
	'g4dn.xlarge',
	'g5.xlarge',
	'g6.xlarge',
	'g6e.xlarge',
];
