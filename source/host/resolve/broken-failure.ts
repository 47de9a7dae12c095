import {failure, type Failure} from '../../core/failure/failure.ts';
import {type Requirement} from '../../core/plugin-parts.ts';
import {nameOf} from './name-of.ts';

/** The plugin that would meet the need cannot run. */
export const brokenFailure = (id: string, need: Requirement, {message, fix}: Failure): Failure =>
	failure('CWS_PLUGIN_DEPENDENCY', {
		message: `The plugin \`${id}\` needs ${nameOf(need)} of \`${need.metBy}\`, which cannot run.`,
		cause: message,
		...(fix !== undefined && {fix}),
		details: {needs: need.name, range: need.range, plugin: need.metBy},
	});
