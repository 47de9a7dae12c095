import {exitCodes} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {type Verb} from '../shared/verb.ts';

/** What a shell needs to ask cws, at each Tab, what may come next: nothing in it grows old with an installed plugin. */
const scripts = {
	bash: `_cws() {
	local IFS=$'\\n'
	COMPREPLY=($(cws completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -F _cws cws`,
	zsh: `#compdef cws
_cws() {
	local -a found
	local line
	while IFS= read -r line; do
		found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
	done < <(cws completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
	if (( \${#found} )); then _describe 'cws' found; else _files; fi
}
if [ "\${funcstack[1]}" = "_cws" ]; then _cws "$@"; else compdef _cws cws; fi`,
	fish: `function __cws_words
	set -l words (commandline -opc) (commandline -ct)
	cws completion words -- $words[2..-1] 2>/dev/null
end
complete -c cws -a '(__cws_words)'`,
} as const;

export const completion: Verb = {
	name: 'completion',
	usage: 'bash\nzsh\nfish',
	short: 'the script that teaches a shell to complete cws',
	minimum: 1,
	maximum: 1,
	long: [
		'bash: source <(cws completion bash), in ~/.bashrc',
		'zsh:  cws completion zsh > "${fpath[1]}/_cws", once',
		'fish: cws completion fish > ~/.config/fish/completions/cws.fish, once',
	].join('\n'),
	examples: ['cws completion bash'],
	async run(context) {
		const {print, input, rest} = context;
		const [shell = ''] = input;
		if (shell === 'words') {
			const {completeWords} = await import('./complete-words.ts');
			for (const {word, about} of await completeWords(rest, context)) {
				print.line(`${word}\t${about}`);
			}

			return exitCodes.done;
		}

		if (!Object.hasOwn(scripts, shell)) {
			return print.failure(
				failure('CWS_USAGE', {message: `\`${shell}\` is no shell cws can complete in.`, fix: 'cws completion bash, zsh or fish'}),
			);
		}

		print.line(scripts[shell as keyof typeof scripts]);
		return exitCodes.done;
	},
};
