#!/usr/bin/env node
// Tiny on purpose: an old Node must be able to read it, and `--version` must not load the program.
'use strict';

const minimum = [24, 13];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < minimum[0] || (major === minimum[0] && minor < minimum[1])) {
	process.stderr.write(
		'error CWS_NODE_TOO_OLD: cws needs Node ' +
			minimum.join('.') +
			' or newer, this is ' +
			process.versions.node +
			'.\n' +
			'cause: it runs each plugin in a worker thread of its own, measured with functions that older versions lack\n' +
			'try: install a newer Node; in a checkout of cws, `npm ci && npm start` brings its own\n',
	);
	process.exitCode = 1;
} else if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
	// Without `process.stdout`, whose making takes longer than the answer.
	const {readFileSync, writeSync} = require('node:fs');
	writeSync(1, JSON.parse(readFileSync(__dirname + '/../package.json', 'utf8')).version + '\n');
} else {
	start();
}

function start() {
	const {existsSync} = require('node:fs');
	const {join} = require('node:path');
	// What draws is many files that are loaded as they are needed; verbs are one.
	const isVerb = process.argv.length > 2 && /^[a-z]/.test(process.argv[2]) && process.argv[2] !== 'demo';
	const file = isVerb ? 'verbs.js' : 'cli.js';
	const entry = join(__dirname, '..', 'dist', file);
	if (!existsSync(entry)) {
		process.stderr.write('error CWS_INTERNAL: `dist/' + file + '` is missing.\ncause: this checkout was not built\ntry: npm run build\n');
		process.exitCode = 1;
		return;
	}

	if (!isVerb) {
		// Measured: 250 to 170 MB after long use, because young garbage is collected before it gets old.
		require('node:v8').setFlagsFromString('--max-semi-space-size=4');
	}

	const cache = compileCache(join);
	if (makeDirectory(cache)) {
		require('node:module').enableCompileCache(cache);
	}

	import(require('node:url').pathToFileURL(entry).href).catch(error => {
		process.stderr.write('error CWS_INTERNAL: cws could not start.\ncause: ' + (error && error.message) + '\ntry: reinstall cws\n');
		process.exitCode = 1;
	});
}

// Step by step: the recursive form of mkdir, which the cache itself uses, never returns below a directory like /proc.
function makeDirectory(path) {
	const {existsSync, mkdirSync} = require('node:fs');
	const parent = require('node:path').dirname(path);
	if (existsSync(path)) {
		return true;
	}

	try {
		return parent !== path && makeDirectory(parent) && mkdirSync(path, {mode: 0o700}) === undefined;
	} catch {
		return existsSync(path);
	}
}

function compileCache(join) {
	const {CWS_HOME, XDG_CACHE_HOME, HOME} = process.env;
	const cache = CWS_HOME ? join(CWS_HOME, 'cache') : join(XDG_CACHE_HOME || join(HOME || require('node:os').homedir(), '.cache'), 'cws');
	return join(cache, 'compiled');
}
