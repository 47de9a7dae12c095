import assert from 'node:assert/strict';
import test from 'node:test';
import {createRedactor, redacted, redactValue} from '../../../source/core/text/redact.ts';

const token = 'hcl_Zx9/k+7=Q? ä"s3cr3t';
const keyFile = `-----BEGIN KEY-----\n${'MIIEvQIBADANBgkq'.repeat(4)}\n${'hkiG9w0BAQEFAASC'.repeat(4)}\n-----END KEY-----\n`;

test('a text without secrets is the same string', () => {
	const redact = createRedactor([token]);
	const text = 'the API answered in 41 ms';
	assert.equal(redact(text), text);
	assert.equal(createRedactor([])(token), token);
});

test('a secret goes as it is, in JSON, in a URL, as hex and as base64', () => {
	const redact = createRedactor([token]);
	const bytes = Buffer.from(token);
	for (const form of [
		token,
		JSON.stringify(token),
		encodeURIComponent(token),
		encodeURIComponent(token).toLowerCase().replaceAll('hcl_zx9', 'hcl_Zx9').replaceAll('%2fk', '%2fk').replace('q%3f', 'Q%3f'),
		new URLSearchParams({token}).toString(),
		bytes.toString('hex'),
		bytes.toString('hex').toUpperCase(),
		bytes.toString('base64'),
		bytes.toString('base64url'),
		encodeURIComponent(bytes.toString('base64')),
		Array.from(bytes, byte => `%${byte.toString(16).padStart(2, '0')}`).join(''),
	]) {
		const text = redact(`before ${form} after`);
		assert.match(text, /^before .*\[redacted\].{0,4} after$/, form);
		assert.ok(!text.includes('3cr3t') && !text.includes('M2NyM3'), text);
	}
});

test('base64 is found wherever the secret starts in what was encoded', () => {
	const secret = 'correct-horse-battery';
	const redact = createRedactor([secret]);
	for (const before of ['', 'a', 'ab', 'user:', 'someone:', 'x'.repeat(100)]) {
		for (const after of ['', 'z', 'zz', ':and more']) {
			for (const encoding of ['base64', 'base64url'] as const) {
				const encoded = Buffer.from(before + secret + after).toString(encoding);
				const text = redact(encoded);
				assert.ok(text.includes(redacted), `${before}|${after} as ${encoding}`);
				// At most the bits of the first and the last character are left.
				const left = Buffer.from(text.split(redacted)[0]!, 'base64').toString();
				assert.ok(!left.includes('cor'), left);
			}
		}
	}
});

test('each long line of a secret of several lines goes by itself, as a log would show it', () => {
	const redact = createRedactor([keyFile]);
	assert.equal(redact(`read ${keyFile}done`), `read ${redacted}done`);
	const line = keyFile.split('\n')[1]!;
	assert.equal(redact(`  > ${line}`), `  > ${redacted}`);
	assert.equal(redact(JSON.stringify({key: keyFile})), `{"key":"${redacted}"}`);
	assert.ok(!redact(Buffer.from(line).toString('base64')).includes(Buffer.from(line).toString('base64').slice(4, 40)));
});

test('a trailing newline of a stored secret does not hide it', () => {
	assert.equal(createRedactor(['s3cr3t-value\n'])('Bearer s3cr3t-value!'), `Bearer ${redacted}!`);
});

test('secrets that overlap or begin alike leave nothing of each other', () => {
	assert.equal(createRedactor(['token-1', 'token-1-long'])('x token-1-long y'), `x ${redacted} y`);
	assert.equal(createRedactor(['abcdef', 'defghi'])('-abcdefghi-'), `-${redacted}-`);
	assert.equal(createRedactor(['secret'])('secretsecret.secret'), `${redacted}.${redacted}`);
});

test('values under four characters are left, and characters of patterns mean themselves', () => {
	assert.equal(createRedactor(['on', 'abc', ''])('on and abc'), 'on and abc');
	assert.equal(createRedactor(['a.*b'])('axxb a.*b'), `axxb ${redacted}`);
	assert.equal(createRedactor(['[x](y)'])('[x](y) (y)'), `${redacted} (y)`);
});

test('half of a surrogate pair in a secret breaks nothing', () => {
	assert.equal(createRedactor(['abc\uD800def'])('abc\uD800def'), redacted);
});

test('every text of a value is cleaned, its keys too', () => {
	const redact = createRedactor(['s3cr3t']);
	assert.deepEqual(redactValue({s3cr3t: ['s3cr3t', 1, null, {a: 'x s3cr3t'}]}, redact), {
		[redacted]: [redacted, 1, null, {a: `x ${redacted}`}],
	});
});
