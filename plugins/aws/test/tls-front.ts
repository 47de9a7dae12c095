import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {type AddressInfo, connect} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createServer} from 'node:tls';

/** TLS in front of the small cloud, with a certificate that only `ca` vouches for. */
export type TlsFront = AsyncDisposable & {readonly url: string; readonly ca: string};

/** Why there can be none here; false when there can. */
export const noTls: string | false = (() => {
	try {
		execFileSync('openssl', ['version'], {stdio: 'ignore'});
		return false;
	} catch {
		return 'openssl is not installed';
	}
})();

export async function startTlsFront(target: string): Promise<TlsFront> {
	const directory = mkdtempSync(path.join(tmpdir(), 'cws-aws-tls-'));
	const ca = path.join(directory, 'ca.pem');
	const key = path.join(directory, 'key.pem');
	const subject = ['-subj', '/CN=test authority', '-addext', 'subjectAltName=IP:127.0.0.1'];
	execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, '-keyout', key, '-out', ca], {
		stdio: 'ignore',
	});
	const sockets = new Set<{destroy: () => void}>();
	const server = createServer({key: readFileSync(key), cert: readFileSync(ca)}, socket => {
		const inner = connect(Number(new URL(target).port), '127.0.0.1');
		for (const one of [socket, inner]) {
			sockets.add(one);
			one.on('error', () => {
				socket.destroy();
				inner.destroy();
			});
		}

		socket.pipe(inner).pipe(socket);
	});
	// Whoever does not trust it hangs up in the middle.
	server.on('tlsClientError', () => undefined);
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		ca,
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) {
				socket.destroy();
			}

			await new Promise<void>(resolve => {
				server.close(() => {
					resolve();
				});
			});
			rmSync(directory, {recursive: true, force: true});
		},
	};
}
