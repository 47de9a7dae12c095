import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {formatKey, type InputEvent} from '../../source/keymap/key-event.ts';
import {createKeyParser} from '../../source/keymap/parse-keys.ts';

const shown = (events: readonly InputEvent[]): readonly string[] =>
	events.map(event => (event.type === 'key' ? formatKey(event.key) : `${event.type}:${event.text}`));

/** What the bytes mean when nothing follows them. */
function parse(...chunks: readonly (string | Uint8Array)[]): readonly string[] {
	const parser = createKeyParser();
	return shown([...chunks.flatMap(chunk => parser.push(chunk)), ...parser.flush()]);
}

const keys: Readonly<Record<string, readonly string[]>> = {
	up: ['\u001B[A', '\u001BOA', '\u001B[1;1A'],
	down: ['\u001B[B', '\u001BOB'],
	right: ['\u001B[C', '\u001BOC'],
	left: ['\u001B[D', '\u001BOD'],
	home: ['\u001B[H', '\u001BOH', '\u001B[1~', '\u001B[7~'],
	end: ['\u001B[F', '\u001BOF', '\u001B[4~', '\u001B[8~'],
	insert: ['\u001B[2~'],
	delete: ['\u001B[3~'],
	pageUp: ['\u001B[5~'],
	pageDown: ['\u001B[6~'],
	f1: ['\u001BOP', '\u001B[11~', '\u001B[P', '\u001B[[A'],
	f3: ['\u001BOR', '\u001B[13~', '\u001B[R', '\u001B[[C'],
	f4: ['\u001BOS', '\u001B[14~'],
	f5: ['\u001B[15~', '\u001B[[E'],
	f6: ['\u001B[17~'],
	f10: ['\u001B[21~'],
	f11: ['\u001B[23~'],
	f12: ['\u001B[24~'],
	'shift+tab': ['\u001B[Z', '\u001B[9;2u', '\u001B[27;2;9~'],
	'shift+up': ['\u001B[1;2A', '\u001B[a'],
	'shift+pageDown': ['\u001B[6;2~', '\u001B[6$'],
	'ctrl+left': ['\u001B[1;5D', '\u001BOd', '\u001BO5D'],
	'ctrl+alt+shift+end': ['\u001B[1;8F'],
	'ctrl+f5': ['\u001B[15;5~', '\u001B[15^'],
	'alt+f1': ['\u001B[1;3P'],
	enter: ['\r', '\n', '\u001BOM', '\u001B[13u', '\u001B[57414u'],
	tab: ['\t'],
	backspace: ['\u007F', '\b'],
	space: [' ', '\u001B[32u'],
	esc: ['\u001B', '\u001B[27u', '\u001B[27;1:1u'],
	'ctrl+space': ['\0'],
	'ctrl+a': ['\u0001', '\u001B[97;5u', '\u001B[97;6u'],
	'ctrl+c': ['\u0003'],
	'ctrl+z': ['\u001A'],
	'ctrl+\\': ['\u001C'],
	'ctrl+_': ['\u001F'],
	'alt+x': ['\u001Bx', '\u001B[120;3u'],
	'alt+X': ['\u001BX'],
	'alt+enter': ['\u001B\r'],
	'alt+backspace': ['\u001B\u007F'],
	'alt+space': ['\u001B '],
	'ctrl+alt+a': ['\u001B\u0001'],
	'alt+[': ['\u001B['],
	'alt+]': ['\u001B]'],
	'alt+O': ['\u001BO'],
	'alt+P': ['\u001BP'],
	'alt+_': ['\u001B_'],
	'alt+ä': ['\u001Bä'],
	a: ['a', '\u001B[97u', '\u001B[97;1:2u'],
	A: ['A', '\u001B[97;2u'],
	5: ['5', '\u001BOu', '\u001B[57404u'],
	'+': ['\u001BOk'],
	ä: ['ä'],
	'😀': ['😀'],
	'👩‍💻': ['👩‍💻'],
};

suite('keys', () => {
	for (const [name, sequences] of Object.entries(keys)) {
		test(`${name} is known in every form, whole and byte by byte`, () => {
			for (const sequence of sequences) {
				assert.deepEqual(parse(sequence), [name], JSON.stringify(sequence));
				if (/^[\0-\u007F]*$/.test(sequence)) {
					assert.deepEqual(parse(...Array.from(sequence)), [name], `split ${JSON.stringify(sequence)}`);
				}
			}
		});
	}

	test('every key of one chunk comes out in its order', () => {
		const chunk = Object.values(keys)
			.flat()
			.filter(sequence => sequence.startsWith('\u001B') && sequence.length > 3)
			.join('x');
		const names = Object.entries(keys).flatMap(([name, all]) =>
			all.filter(one => one.startsWith('\u001B') && one.length > 3).map(() => name),
		);
		assert.deepEqual(
			parse(chunk),
			names.flatMap((name, index) => (index === 0 ? [name] : ['x', name])),
		);
	});

	test('only what a text field takes carries text', () => {
		const textOf = (chunk: string): string | undefined => {
			const [event] = createKeyParser().push(chunk);
			return event?.type === 'key' ? event.key.text : 'no key';
		};

		assert.equal(textOf('ä'), 'ä');
		assert.equal(textOf(' '), ' ');
		assert.equal(textOf('\u001B[97u'), 'a');
		for (const chunk of ['\r', '\t', '\u0001', '\u001Bx', '\u001B[A', '\u001B[97;5u']) {
			assert.equal(textOf(chunk), undefined, JSON.stringify(chunk));
		}
	});

	test('a character whose bytes arrive one by one is one key', () => {
		assert.deepEqual(parse(...[...Buffer.from('ä😀日')].map(byte => Uint8Array.of(byte))), ['ä', '😀', '日']);
	});

	test('bytes that are no UTF-8 vanish and what follows stays', () => {
		assert.deepEqual(parse(Uint8Array.of(0xff, 0xc3), Uint8Array.of(0x6a, 0x0d)), ['j', 'enter']);
	});
});

suite('esc', () => {
	test('a lone ESC is a key only after the wait', () => {
		const parser = createKeyParser();
		assert.deepEqual(parser.push('\u001B'), []);
		assert.equal(parser.waitMs(), 25);
		assert.deepEqual(shown(parser.flush()), ['esc']);
		assert.equal(parser.waitMs(), 0);
		assert.deepEqual(shown(parser.push('j')), ['j']);
	});

	test('half a sequence waits longer than a lone ESC and is dropped alone', () => {
		const parser = createKeyParser();
		assert.deepEqual(parser.push('\u001B[1;'), []);
		assert.equal(parser.waitMs(), 250);
		assert.deepEqual(parser.flush(), []);
		assert.deepEqual(shown(parser.push('5A')), ['5', 'A']);
	});

	test('ESC twice is two keys, and ESC before a sequence keeps both', () => {
		assert.deepEqual(parse('\u001B\u001B'), ['esc', 'esc']);
		assert.deepEqual(parse('\u001B\u001B[A'), ['esc', 'up']);
		assert.deepEqual(parse('\u001B\u001B\u001Bx'), ['esc', 'esc', 'alt+x']);
	});

	test('a sequence that breaks off loses nothing of what broke it', () => {
		assert.deepEqual(parse('\u001B[1;\u001B[A'), ['up']);
		assert.deepEqual(parse('\u001B[\u001B[A'), ['alt+[', 'up']);
		assert.deepEqual(parse('\u001B[5\rj'), ['enter', 'j']);
		assert.deepEqual(parse('\u001BO\u001BOA'), ['alt+O', 'up']);
		assert.deepEqual(parse('\u001B[[jk'), ['alt+[', '[', 'j', 'k']);
	});
});

suite('replies of the terminal', () => {
	const replies = {
		'a mouse press': '\u001B[<0;10;20M',
		'a mouse release': '\u001B[<0;10;20m',
		'an old mouse report': '\u001B[M !!',
		'focus in': '\u001B[I',
		'focus out': '\u001B[O',
		'a cursor report': '\u001B[24;80R',
		'device attributes': '\u001B[?62;22c',
		'secondary device attributes': '\u001B[>0;276;0c',
		'a mode report': '\u001B[?2026;2$y',
		'a kitty flags report': '\u001B[?1u',
		'a key release': '\u001B[97;1:3u',
		'a modifier alone': '\u001B[57441u',
		'a colour by BEL': '\u001B]11;rgb:1e1e/1e1e/2e2e\u0007',
		'a colour by ST': '\u001B]11;rgb:1e1e/1e1e/2e2e\u001B\\',
		'a version': '\u001BP>|xterm(367)\u001B\\',
		'a capability': '\u001BP1+r524742=38\u001B\\',
		'a kitty picture answer': '\u001B_Gi=31;OK\u001B\\',
		'an unknown sequence': '\u001B[1;2;3t',
	};
	for (const [name, reply] of Object.entries(replies)) {
		test(`${name} vanishes between two keys, however it is cut`, () => {
			const whole = `j${reply}k`;
			assert.deepEqual(parse(whole), ['j', 'k']);
			for (let cut = 1; cut < whole.length; cut++) {
				assert.deepEqual(parse(whole.slice(0, cut), whole.slice(cut)), ['j', 'k'], JSON.stringify([whole.slice(0, cut), whole.slice(cut)]));
			}
		});
	}

	test('a reply that never ends is given up', () => {
		assert.deepEqual(parse('\u001B]11;rgb:1e1e'), []);
		assert.deepEqual(parse('\u001B]11;rgb\rj'), ['enter', 'j']);
	});
});

suite('paste', () => {
	const pasted = '\u001B[200~rm -rf /\r\nq\u001B[A\rD\u001B[201~';

	test('a bracketed paste is one event, however it is cut', () => {
		const expected = ['a', 'paste:rm -rf /\nq\u001B[A\nD', 'b'];
		assert.deepEqual(parse(`a${pasted}b`), expected);
		for (let cut = 1; cut < pasted.length; cut++) {
			assert.deepEqual(parse('a', pasted.slice(0, cut), `${pasted.slice(cut)}b`), expected, `cut at ${cut}`);
		}

		assert.deepEqual(parse('a', ...Array.from(pasted), 'b'), expected);
	});

	test('an empty paste is an event without text', () => {
		assert.deepEqual(parse('\u001B[200~\u001B[201~'), ['paste:']);
	});

	test('a slow paste is not flushed into keys', () => {
		const parser = createKeyParser();
		assert.deepEqual(parser.push('\u001B[200~dd'), []);
		assert.equal(parser.waitMs(), 0);
		assert.deepEqual(parser.flush(), []);
		assert.deepEqual(shown(parser.push('D\u001B[201~x')), ['paste:ddD', 'x']);
	});

	test('ctrl+c alone gets out of a paste that misses its end', () => {
		assert.deepEqual(parse('\u001B[200~abc', '\u0003', 'j'), ['ctrl+c', 'j']);
	});

	test('a paste of many megabytes is cut and what follows is read', () => {
		const parser = createKeyParser();
		parser.push('\u001B[200~');
		for (let part = 0; part < 40; part++) {
			parser.push('0123456789abcdef'.repeat(4096));
		}

		const [paste, key] = parser.push('\u001B[201~j');
		assert.equal(paste?.type === 'paste' && paste.text.length, 1_048_576);
		assert.deepEqual(shown([key!]), ['j']);
	});
});

suite('burst', () => {
	test('eight printables in one chunk are a burst, seven are keys', () => {
		assert.deepEqual(parse('destroy1'), ['burst:destroy1']);
		assert.deepEqual(parse('destroy'), Array.from('destroy'));
	});

	test('a key within the same chunk stays a key, and only the text between is a burst', () => {
		assert.deepEqual(parse('echo one\r\necho two\r'), ['burst:echo one', 'enter', 'burst:echo two', 'enter']);
		assert.deepEqual(parse('web-1\tsleep 1000\t8080\u001B[Z'), [
			...Array.from('web-1'),
			'tab',
			'burst:sleep 1000',
			'tab',
			...Array.from('8080'),
			'shift+tab',
		]);
		assert.deepEqual(parse('a long filter\u001B'), ['burst:a long filter', 'esc']);
	});

	test('what stands before and after a burst is read as keys', () => {
		assert.deepEqual(parse('\u001B[Adestroy it\u001B[B'), ['up', 'burst:destroy it', 'down']);
	});

	test('a held key and running through a list stay keys', () => {
		assert.deepEqual(
			parse('j'.repeat(12)),
			Array.from({length: 12}, () => 'j'),
		);
		assert.deepEqual(parse('jjjjjkkkkG'), Array.from('jjjjjkkkkG'));
		assert.deepEqual(parse(`${'x'.repeat(9)}\r`), [...Array.from('x'.repeat(9)), 'enter']);
		assert.deepEqual(
			parse('\u001B[B'.repeat(20)),
			Array.from({length: 20}, () => 'down'),
		);
	});

	test('a decomposed character counts once', () => {
		assert.deepEqual(parse('u\u0308o\u0308'), ['u\u0308', 'o\u0308']);
	});
});
