import {type LoginTalk} from '../../engine/logins/log-in.ts';
import {type Login} from '../../engine/logins/find-login.ts';
import {askHidden} from '../../platform/hidden-prompt.ts';
import {openUrl} from '../../platform/exec.ts';
import {readStdin} from '../../platform/read-stdin.ts';
import {type VerbContext} from '../shared/verb.ts';

const limit = 70_000;

/** Talks about a login on the terminal. What the person has to read goes to stderr, also with `--quiet`: without it nobody could log in. */
export function loginTalk({title, plugin}: Login, {flags, isInteractive, signal}: VerbContext): LoginTalk {
	const say = (text: string) => {
		process.stderr.write(`${text}\n`);
	};

	return {
		show(step) {
			say(`To log in to ${title} (the plugin ${plugin}), open`);
			say(`  ${step.url}`);
			if (step.kind === 'device') {
				say(`and type the code  ${step.code}`);
			}

			say('cws waits here; ctrl+c gives up.');
			if (flags['open'] === true) {
				void openUrl(step.url).then(opened => {
					if (!opened.ok) {
						say(opened.error.message);
					}
				});
			}
		},
		async ask({prompt, url}, asked = signal) {
			if (!isInteractive) {
				const value = await readStdin(limit);
				return value?.trimEnd();
			}

			if (url !== undefined) {
				say(`It is found at ${url}`);
			}

			return askHidden(`${prompt}, for the plugin ${plugin} (not shown): `, asked);
		},
	};
}
