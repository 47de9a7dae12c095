import {isAbsent} from '../../core/plugin.ts';
import {exitCodes} from '../../core/failure/error-codes.ts';
import {fixOf, type Failure} from '../../core/failure/failure.ts';
import {type HealthStatus} from '../../core/health.ts';
import {padEnd} from '../../core/text/text.ts';
import {contributionProblems} from '../../engine/contributions/problems.ts';
import {allThemes} from '../../app/plugin-themes.ts';
import {type App} from '../../app/create-app.ts';
import {type Verb, type VerbContext} from '../shared/verb.ts';

type Finding = {readonly name: string; readonly status: HealthStatus; readonly output: string; readonly fix?: string};

export const doctor: Verb = {
	name: 'doctor',
	usage: '',
	short: 'look at the environment and say what to mend',
	minimum: 0,
	maximum: 0,
	async run(context) {
		const {print} = context;
		const app = await context.app();
		await app.engine.load();
		await app.engine.run('checkHealth', {start: true}, {origin: 'cli', signal: context.signal});
		const state = app.engine.getState();
		const findings: readonly Finding[] = [
			{name: 'node', status: 'pass', output: `${process.version} on ${process.platform}-${process.arch}`},
			terminalFinding(context),
			...Object.entries(app.directories).map(([name, path]) => directoryFinding(name, path, state.notices)),
			await secretsFinding(app),
			...policyFinding(app),
			...state.notices
				.filter(({details}) => details?.['directory'] === undefined)
				.map((notice): Finding => problemFinding('notice', notice, 'warn')),
			...state.plugins.map(({id, health, error, startMs, state: lifecycle, manifest, absent}): Finding => ({
				name: `plugin ${id}`,
				status:
					lifecycle === 'disabled' || isAbsent({state: lifecycle, ...(absent !== undefined && {absent})})
						? 'unknown'
						: error
							? 'fail'
							: health.status,
				output: `${manifest.version}, ${lifecycle}${startMs === undefined ? '' : `, started in ${Math.round(startMs)} ms`}${error ? `: ${error.message}` : health.output ? `: ${health.output}` : lifecycle === 'discovered' && absent !== undefined ? `: ${absent}` : ''}`,
				...(error ? {fix: fixOf(error)} : health.fix === undefined ? {} : {fix: health.fix}),
			})),
			...[...contributionProblems(state.plugins), ...(await allThemes(state.plugins)).problems].map(({plugin, message, fix}): Finding => ({
				name: `plugin ${plugin}`,
				status: 'warn',
				output: message,
				fix,
			})),
		];
		if (print.isJson) {
			print.json({version: app.version, findings});
		} else {
			print.line(`cws ${app.version}`);
			for (const {name, status, output, fix} of findings) {
				print.line(`${padEnd(status, 8)}${padEnd(name, 18)}${output}`);
				if (fix && status !== 'pass') {
					print.line(`${' '.repeat(8)}try: ${fix}`);
				}
			}
		}

		return findings.some(finding => finding.status === 'fail') ? exitCodes.failed : exitCodes.done;
	},
};

async function secretsFinding({secretPlace, settings}: App): Promise<Finding> {
	const place = await secretPlace();
	const {place: wanted} = settings.settings.secrets;
	return {
		name: 'secrets',
		status: 'pass',
		output: place === 'keychain' ? 'kept in the keychain' : `kept in the sealed file${wanted === 'auto' ? ', as no keychain answers' : ''}`,
	};
}

function policyFinding({policy: {file, ...rules}}: App): readonly Finding[] {
	return file === undefined ? [] : [{name: 'policy', status: 'pass', output: `${file}: ${Object.keys(rules).join(', ') || 'no rules'}`}];
}

function terminalFinding({print}: VerbContext): Finding {
	const {TERM = 'unset', COLORTERM} = process.env;
	const {columns, rows} = process.stdout;
	if (print.columns === undefined) {
		return {name: 'terminal', status: 'pass', output: 'none: the dashboard needs one, the verbs do not'};
	}

	const output = `${TERM}${COLORTERM ? `, ${COLORTERM}` : ''}, ${columns}×${rows}`;
	if (TERM === 'dumb') {
		return {name: 'terminal', status: 'warn', output, fix: 'set TERM to what your terminal is, for example xterm-256color'};
	}

	return columns < 80 || rows < 24
		? {name: 'terminal', status: 'warn', output, fix: 'make it at least 80×24 to see the panes side by side'}
		: {name: 'terminal', status: 'pass', output};
}

const problemFinding = (name: string, problem: Failure, status: HealthStatus): Finding => ({
	name,
	status,
	output: problem.message,
	fix: fixOf(problem),
});

const directoryFinding = (name: string, path: string, notices: readonly Failure[]): Finding => {
	const problem = notices.find(notice => notice.details?.['directory'] === path);
	return problem === undefined
		? {name: `${name} directory`, status: 'pass', output: path}
		: problemFinding(`${name} directory`, problem, 'warn');
};
