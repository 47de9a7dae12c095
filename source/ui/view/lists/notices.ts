import {type Failure, fixOf} from '../../../core/failure/failure.ts';
import {formatAge} from '../../../core/text/duration.ts';
import {type EngineState, type SourceState} from '../../../engine/state.ts';

/** A hole in the list, named: why rows are old, missing or not there at all. */
export type Notice = {
	readonly provider: string;
	readonly text: string;
	/** What to do, in words; drawn brighter. */
	readonly fix?: string;
};

/** The line above the rows of a failed provider. */
export function staleNotice(engine: EngineState, provider: string, count: number, now: number): Notice {
	const failing = engine.sources.filter(source => source.provider === provider && source.phase === 'failed');
	const seenAt = Math.max(0, ...failing.map(source => source.seenAt ?? 0));
	const rows = `${count} ${count === 1 ? 'resource' : 'resources'} from ${seenAt === 0 ? 'an earlier session' : ago(now - seenAt)}`;
	const error = failing[0]?.error;
	return {
		provider,
		text: error === undefined ? rows : `${reasonOf(error)} · ${rows}`,
		...(error === undefined ? {} : {fix: fixOf(error)}),
	};
}

/** Where only what needs attention is listed: the failed sources whose rows are not among it. */
export function hiddenNotices(engine: EngineState, shown: readonly {readonly provider: string}[], now: number): readonly Notice[] {
	const said = new Set(shown.map(({provider}) => provider));
	const hidden = engine.sources.filter(({provider, phase, resources}) => phase === 'failed' && resources.length > 0 && !said.has(provider));
	return [...Map.groupBy(hidden, ({provider}) => provider)].map(([provider, sources]) =>
		staleNotice(
			engine,
			provider,
			sources.reduce((sum, {resources}) => sum + resources.length, 0),
			now,
		),
	);
}

/** What else is missing from the list: failed sources without rows, parts that did not answer, entries that made no sense. */
export function sourceNotices({sources}: Pick<EngineState, 'sources'>): readonly Notice[] {
	const byText = Map.groupBy(
		sources.flatMap(source => noticeOf(source)),
		({text, fix}) => `${text}\n${fix ?? ''}`,
	);
	// One trouble of many providers is one line.
	return [...byText.values()].map(notices => ({...notices[0]!, provider: namesOf(new Set(notices.map(({provider}) => provider)))}));
}

function namesOf(providers: ReadonlySet<string>): string {
	const names = [...providers];
	return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

function noticeOf(source: SourceState): readonly Notice[] {
	const {provider, phase, error, missing, skipped, resources} = source;
	if (phase === 'failed' && resources.length === 0 && error !== undefined) {
		return [{provider, text: reasonOf(error), fix: fixOf(error)}];
	}

	const notices: Notice[] = [];
	if (missing.length > 0) {
		const [first] = missing;
		const where = [first!.account, first!.region].filter(Boolean).join('/');
		const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
		notices.push({
			provider,
			text: `partial, no answer from ${where === '' ? source.type : where}${more}: ${withoutDot(first!.reason)}`,
			...(first!.fix === undefined ? {} : {fix: first!.fix}),
		});
	}

	if (skipped > 0) {
		notices.push({provider, text: `${skipped} malformed ${skipped === 1 ? 'entry' : 'entries'} skipped in its last answer`});
	}

	return notices;
}

const ago = (ms: number): string => {
	const age = formatAge(ms);
	return age === 'live' ? 'just now' : `${age} ago`;
};

// One line: what can be said in three words is.
const reasonOf = ({code, message}: Failure): string => (code === 'CWS_NEEDS_LOGIN' ? 'not logged in' : withoutDot(message));

const withoutDot = (text: string): string => text.replace(/\.$/, '');
