// Adds to package-lock.json the platform packages that `npm install` left out because the registry it asked does not have them.
// `npm ci` refuses a lock file without them, although it would never install them here. Run it after `npm install`.
import {readFile, writeFile} from 'node:fs/promises';

type LockEntry = {
	readonly version?: string;
	readonly dev?: boolean;
	readonly optional?: boolean;
	readonly os?: readonly string[];
	readonly cpu?: readonly string[];
	readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {packages: Record<string, LockEntry>};
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'wasi', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

for (const entry of Object.values(lock.packages)) {
	for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
		const path = `node_modules/${name}`;
		const words = name.split(/[/-]/);
		const os = systems.find(system => words.includes(system));
		const cpu = processors.find(processor => words.includes(processor));
		if (lock.packages[path] === undefined && cpu !== undefined && /^\d/.test(version)) {
			lock.packages[path] = {
				version,
				cpu: [cpu],
				...(entry.dev && {dev: true}),
				optional: true,
				...(os !== undefined && os !== 'wasi' && {os: [os]}),
			};
			process.stdout.write(`${path} ${version}\n`);
		}
	}
}

const packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
await writeFile('package-lock.json', `${JSON.stringify({...lock, packages}, null, '\t')}\n`);
