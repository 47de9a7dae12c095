import {errorCodes} from '../../source/core/failure/error-codes.ts';

export const renderErrorDocs = (): string =>
	[
		'# Error codes',
		'',
		'<!-- Generated from source/core/failure/error-codes.ts; change it there. -->',
		'',
		'Every expected failure has one of these codes, a cause where it is known, and a fix. The exit code is the one of the command line.',
		'',
		'| code | exit | what it means | what to do |',
		'|---|---|---|---|',
		...Object.entries(errorCodes).map(([code, {exit, meaning, cure}]) => `| \`${code}\` | ${exit} | ${meaning} | ${cure} |`),
		'',
	].join('\n');
