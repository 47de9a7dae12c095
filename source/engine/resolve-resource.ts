import {failure} from '../core/failure/failure.ts';
import {nearest} from '../core/text/nearest.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {parseRef} from '../core/reference.ts';
import {type Resource} from '../core/resource.ts';
import {type EngineState} from './state.ts';

// Comparing a mistyped name with every one of a large fleet takes longer than a person waits.
const mostCandidates = 5000;

/** What a person means by a name, an id, `provider/name` or a full reference. */
export function resolveResource({sources}: Pick<EngineState, 'sources'>, text: string): Outcome<Resource> {
	const rows = () => sources.values().flatMap(({resources}) => resources);
	if (parseRef(text)) {
		const row = rows().find(({ref}) => ref === text);
		return row ? ok(row) : failed(notFound(sources, text));
	}

	const matches = rows()
		.filter(({name, id}) => name === text || id === text)
		.toArray();
	const slash = text.indexOf('/');
	if (matches.length === 0 && slash > 0) {
		const [provider, rest] = [text.slice(0, slash), text.slice(slash + 1)];
		matches.push(...rows().filter(row => row.provider === provider && (row.name === rest || row.id === rest)));
	}

	const [match] = matches;
	if (match === undefined) {
		return failed(notFound(sources, text));
	}

	if (matches.length === 1) {
		return ok(match);
	}

	const references = matches.map(({ref}) => ref);
	return failed(
		failure('CWS_AMBIGUOUS', {
			message: `\`${text}\` matches ${matches.length} resources.`,
			cause: references.slice(0, 10).join(', '),
			fix: `use one of the references, for example \`${references[0]}\``,
			details: {references},
		}),
	);
}

function notFound(sources: EngineState['sources'], text: string) {
	const names = sources
		.values()
		.flatMap(({resources}) => resources)
		.map(({provider, name}) => (text.includes('/') ? `${provider}/${name}` : name))
		.filter(name => Math.abs(name.length - text.length) <= 3)
		.take(mostCandidates);
	const guess = parseRef(text) ? undefined : nearest(text, names);
	const silent = sources.filter(({phase}) => phase === 'failed').map(({key}) => key);
	return failure('CWS_NOT_FOUND', {
		message: `No resource \`${text}\`.`,
		...(silent.length > 0 && {cause: `${silent.join(', ')} did not answer, so it may be there`}),
		...(guess !== undefined && {fix: `did you mean \`${guess}\`? See \`cws list\``}),
	});
}
