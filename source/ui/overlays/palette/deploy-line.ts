import {splitWords} from '../../../engine/contributions/parse-command-line.ts';
import {type DeployPreset} from '../deploy/deploy-state.ts';

/** `deploy vm web-2 --provider local --set port=8080` as the preset of the form; the same words as on the command line. */
export function parseDeployLine(text: string): DeployPreset {
	const words = splitWords(text);
	const rest: string[] = [];
	const flags: Record<string, string> = {};
	const fields: Record<string, string> = {};
	for (let index = 0; index < words.length; index++) {
		const word = words[index]!;
		if (!word.startsWith('--')) {
			rest.push(word);
			continue;
		}

		const [name, inline] = splitOnce(word.slice(2));
		const value = inline ?? words[++index] ?? '';
		if (name === 'set') {
			const [key, assigned = ''] = splitOnce(value);
			fields[key] = assigned;
		} else if (name === 'template') {
			fields.template = value;
		} else {
			flags[name] = value;
		}
	}

	const [verb, ...positional] = rest;
	const [type, name] = verb === 'deploy' ? positional : rest;
	const {provider, region, size} = flags;
	return {
		...(type === undefined ? {} : {type}),
		...(name === undefined ? {} : {name}),
		...(provider === undefined ? {} : {provider}),
		...(region === undefined ? {} : {region}),
		...(size === undefined ? {} : {size}),
		...(Object.keys(fields).length === 0 ? {} : {fields}),
	};
}

function splitOnce(text: string): readonly [string, string | undefined] {
	const at = text.indexOf('=');
	return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
