const pad = (value: number): string => String(value).padStart(2, '0');

/** `10:23:58`, in the zone of the person. */
export function clockTime(at: number): string {
	const date = new Date(at);
	return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}
