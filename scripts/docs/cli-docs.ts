import {renderHelp, renderVerbHelp} from '../../source/commands/help.ts';
import {verbLoaders} from '../../source/commands/verbs.ts';

export async function renderCliDocs(): Promise<string> {
	const verbs = await Promise.all(Object.values(verbLoaders).map(load => load()));
	return [
		'# The command line',
		'',
		'<!-- Generated from source/commands; change it there. -->',
		'',
		'Every verb runs the same engine command as the dashboard. `--json` prints the same object; progress goes to stderr; in a pipe nothing is cut.',
		'',
		'```text',
		await renderHelp(),
		'```',
		'',
		'Errors are three lines on stderr, or one object with `--json`:',
		'',
		'```text',
		'error CWS_NOT_FOUND: Nothing is named `web-9`.',
		'cause: …',
		'try: cws list',
		'```',
		'',
		...verbs.flatMap(verb => [`## cws ${verb.name}`, '', '```text', renderVerbHelp(verb), '```', '']),
	].join('\n');
}
