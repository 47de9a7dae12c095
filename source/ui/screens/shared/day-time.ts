import {clockTime} from '../../view/time/clock-time.ts';

/** `11-21 10:23:58`, in the zone of the person. */
export function dayTime(at: number): string {
	const date = new Date(at);
	return `${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')} ${clockTime(at)}`;
}
