import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';

// Terminals take 100,000 bytes of base64 at least; beyond that some drop the whole sequence without a word.
const maxBytes = 74_994;

/** The OSC 52 sequence that puts text on the clipboard of the person's own machine, also through ssh. */
export function clipboardSequence(text: string, environment: Readonly<Record<string, string | undefined>>): Outcome<string> {
	const bytes = Buffer.from(text);
	if (bytes.length > maxBytes) {
		return failed(
			failure('CWS_NOT_SUPPORTED', {
				message: `${bytes.length} bytes are too many for a terminal's clipboard, which takes ${maxBytes}.`,
				fix: 'Copy a part, or save it to a file.',
			}),
		);
	}

	const sequence = `\u001B]52;c;${bytes.toString('base64')}\u0007`;
	// Tmux takes it itself with `set-clipboard on`, and with `allow-passthrough on` hands it to the terminal around it.
	return ok(environment['TMUX'] ? `${sequence}\u001BPtmux;\u001B${sequence}\u001B\\` : sequence);
}
