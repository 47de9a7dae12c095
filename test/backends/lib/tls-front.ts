import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {type AddressInfo, connect} from 'node:net';
import {join} from 'node:path';
import {createServer} from 'node:tls';

/** TLS in front of an engine's socket, as `dockerd --tlsverify` has it: it wants a certificate of its own authority. */
export type TlsFront = {
	readonly url: string;
	/** With `ca.pem`, `cert.pem` and `key.pem` that are good for so many days; below 0 they ended that long ago. */
	readonly certificates: (days?: number) => string;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export async function startTlsFront(socket: string, directory: string, serverDays = 30): Promise<TlsFront> {
	mkdirSync(directory, {recursive: true});
	const file = (name: string) => join(directory, name);
	const openssl = (...args: readonly string[]) => execFileSync('openssl', args, {stdio: 'pipe'});
	openssl(
		'req',
		'-x509',
		'-newkey',
		'rsa:2048',
		'-nodes',
		'-days',
		'30',
		'-subj',
		'/CN=test authority',
		'-keyout',
		file('ca-key.pem'),
		'-out',
		file('ca.pem'),
	);
	let serial = 0;
	const issue = (name: string, days: number, extension: string) => {
		openssl(
			'req',
			'-newkey',
			'rsa:2048',
			'-nodes',
			'-subj',
			`/CN=${name}`,
			'-keyout',
			file(`${name}-key.pem`),
			'-out',
			file(`${name}.csr`),
		);
		writeFileSync(file(`${name}.ext`), extension);
		openssl(
			'x509',
			'-req',
			'-in',
			file(`${name}.csr`),
			'-CA',
			file('ca.pem'),
			'-CAkey',
			file('ca-key.pem'),
			'-set_serial',
			String(++serial),
			'-days',
			String(days),
			'-extfile',
			file(`${name}.ext`),
			'-out',
			file(`${name}.pem`),
		);
	};

	issue('server', serverDays, 'subjectAltName=IP:127.0.0.1,DNS:localhost');
	const read = (name: string) => readFileSync(file(name));
	const options = {ca: read('ca.pem'), cert: read('server.pem'), key: read('server-key.pem'), requestCert: true, rejectUnauthorized: true};
	const server = createServer(options, client => {
		const engine = connect(socket);
		client.pipe(engine).pipe(client);
		client.on('error', () => engine.destroy());
		engine.on('error', () => client.destroy());
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const {port} = server.address() as AddressInfo;
	return {
		url: `tcp://127.0.0.1:${port}`,
		certificates(days = 30) {
			const name = `client-${days}`;
			issue(name, days, 'extendedKeyUsage=clientAuth');
			const own = file(`${name}-files`);
			mkdirSync(own, {recursive: true});
			writeFileSync(join(own, 'ca.pem'), read('ca.pem'));
			writeFileSync(join(own, 'cert.pem'), read(`${name}.pem`));
			writeFileSync(join(own, 'key.pem'), read(`${name}-key.pem`), {mode: 0o600});
			return own;
		},
		async [Symbol.asyncDispose]() {
			await new Promise(resolve => {
				server.close(resolve);
			});
		},
	};
}
