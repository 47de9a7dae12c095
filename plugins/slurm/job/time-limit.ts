import {parseDuration} from 'cws/sdk';

/** Minutes of `90`, `01:30:00`, `2-12`, `1-00:30` as Slurm writes time, or of `2h`; undefined when it is none of them. Seconds count as a whole minute. */
export function parseTimeLimit(text: string): number | undefined {
	const words = text.trim();
	if (/^\d{1,7}$/.test(words)) {
		return Number(words) || undefined;
	}

	const withDays = /^(\d{1,4})-(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}))?$/.exec(words);
	const parts = withDays?.slice(1) ?? clock(words);
	if (parts !== undefined) {
		const [days = '0', hours = '0', minutes = '0', seconds = '0'] = parts.map(part => part ?? '0');
		return Math.ceil(Number(days) * 1440 + Number(hours) * 60 + Number(minutes) + Number(seconds) / 60) || undefined;
	}

	const ms = /[a-z]$/i.test(words) ? parseDuration(words) : undefined;
	return ms === undefined || ms <= 0 ? undefined : Math.ceil(ms / 60_000);
}

// `30:00` is minutes and seconds, `02:00:00` begins with hours.
function clock(words: string): readonly (string | undefined)[] | undefined {
	const match = /^(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})$/.exec(words);
	return match ? ['0', match[1], match[2], match[3]] : undefined;
}
