declare module 'undici/lib/dispatcher/pool.js' {
	import {type Pool} from 'undici';

	const pool: typeof Pool;
	export default pool;
}

declare module 'undici/lib/dispatcher/dispatcher.js' {
	const dispatcher: {readonly prototype: object};
	export default dispatcher;
}

declare module 'undici/lib/api/api-request.js' {
	const request: unknown;
	export default request;
}

declare module 'undici/lib/api/api-upgrade.js' {
	const upgrade: unknown;
	export default upgrade;
}
