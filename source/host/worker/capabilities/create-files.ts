import {type Files} from '../../../sdk/capabilities.ts';
import {type FileEntry} from '../../broker/capability.ts';
import {type Requests} from '../requests.ts';
import {readChunks} from './read-chunks.ts';

export const createFiles = ({call, stream}: Requests): Files => ({
	read: async (id, path = '') => (await readChunks(stream('fs.read', [id, path]))).text(),
	async write(id, path, text) {
		await call('fs.write', [id, path, text]);
	},
	list: async (id, path = '') => (await call('fs.list', [id, path])) as readonly FileEntry[],
});
