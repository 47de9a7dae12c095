import {invalid} from './fields.ts';

export type PortMapping = {
	/** Absent means every interface. */
	readonly ip?: string;
	/** Absent lets the engine choose. */
	readonly outside?: number;
	readonly inside: number;
	readonly protocol: 'tcp' | 'udp' | 'sctp';
};

const mapping =
	/^(?:(?:(?<ip>\[[\da-fA-F:.]+\]|\d{1,3}(?:\.\d{1,3}){3}):)?(?<outside>\d{0,5}):)?(?<inside>\d{1,5})(?:\/(?<protocol>tcp|udp|sctp))?$/;

/** `8080:80`, `127.0.0.1:8080:80/tcp`, or `80` for any free port outside. */
export function parsePort(text: string): PortMapping {
	const groups = mapping.exec(text)?.groups;
	const inside = Number(groups?.['inside']);
	const outside = groups?.['outside'] ? Number(groups['outside']) : undefined;
	const isPort = (port: number) => port >= 1 && port <= 65_535;
	const ip = groups?.['ip']?.replaceAll(/[[\]]/g, '');
	const isAddress = ip === undefined || ip.includes(':') || ip.split('.').every(part => Number(part) <= 255);
	if (groups === undefined || !isPort(inside) || (outside !== undefined && !isPort(outside)) || !isAddress) {
		throw invalid(
			'ports',
			`\`${text}\` is not a published port.`,
			'write it as OUTSIDE:INSIDE, for example `8080:80` or `127.0.0.1:8080:80`',
		);
	}

	return {
		...(ip !== undefined && {ip}),
		...(outside !== undefined && {outside}),
		inside,
		protocol: (groups['protocol'] ?? 'tcp') as PortMapping['protocol'],
	};
}

export const formatPort = ({ip, outside, inside, protocol}: PortMapping): string =>
	`${ip === undefined ? '' : `${ip.includes(':') ? `[${ip}]` : ip}:`}${outside ?? 'any'} → ${inside}/${protocol}`;
