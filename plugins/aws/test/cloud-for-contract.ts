import {startQueryServer} from './query-server.ts';

/** The small cloud on a port of its own, with credentials of the environment that it accepts and no others in reach. */
export async function startCloudFor(port: number): Promise<AsyncDisposable> {
	const server = await startQueryServer(port);
	server.trouble = ({action, params}) => (action === 'RunInstances' && params.toString().includes('contract-slow') ? 3000 : undefined);
	const before = {...process.env};
	Object.assign(process.env, {
		AWS_ACCESS_KEY_ID: 'AKIATEST',
		AWS_SECRET_ACCESS_KEY: 'secret',
		AWS_CONFIG_FILE: '/nowhere',
		AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
	});
	delete process.env['AWS_PROFILE'];
	return {
		async [Symbol.asyncDispose]() {
			for (const name of Object.keys(process.env).filter(name => name.startsWith('AWS_'))) {
				delete process.env[name];
			}

			Object.assign(process.env, Object.fromEntries(Object.entries(before).filter(([name]) => name.startsWith('AWS_'))));
			await server[Symbol.asyncDispose]();
		},
	};
}
