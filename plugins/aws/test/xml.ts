export type Xml = string | number | boolean | undefined | {readonly [name: string]: Xml} | readonly Xml[];

const escaped = (text: string): string =>
	text.replaceAll(/[&<>"]/g, character => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'})[character]!);

/** Values as the answers of AWS write them: the entries of a list are called `item` in EC2, after their type in RDS. */
export function toXml(value: Xml, listItem = 'item'): string {
	if (value === undefined) {
		return '';
	}

	if (Array.isArray(value)) {
		return (value as readonly Xml[]).map(one => `<${listItem}>${toXml(one, listItem)}</${listItem}>`).join('');
	}

	return typeof value === 'object'
		? Object.entries(value)
				.filter(([, inner]) => inner !== undefined)
				.map(([name, inner]) => `<${name}>${toXml(inner, listItem)}</${name}>`)
				.join('')
		: escaped(String(value));
}
