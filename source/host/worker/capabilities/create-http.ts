import {type Http} from '../../../sdk/capabilities.ts';
import {type HttpFetchArguments, type HttpHead} from '../../broker/capability.ts';
import {type Requests} from '../requests.ts';
import {toBase64} from './base64.ts';
import {readChunks} from './read-chunks.ts';

export const createHttp = ({stream}: Requests): Http => ({
	async fetch(url, {signal, body, ...request} = {}) {
		const args: HttpFetchArguments = [
			url,
			{...request, ...(body !== undefined && {body: typeof body === 'string' ? body : {base64: toBase64(body)}})},
		];
		const items = stream('http.fetch', args, signal);
		const first = await items.next();
		if (first.done === true) {
			throw new TypeError('the host sent no answer');
		}

		const {status, headers} = first.value as HttpHead;
		const {text, bytes} = await readChunks(items);
		return Object.freeze({status, headers: Object.freeze(headers), text, json: () => JSON.parse(text()) as unknown, bytes});
	},
});
