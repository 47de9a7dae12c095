import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseSockets} from '../../network/listening.ts';

test('only sockets that listen are read, of both families', () => {
	const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 40652 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F91 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 40653 1 0000000000000000 100 0 0 10 0
   2: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 77 1 0 100
`;
	assert.deepEqual(parseSockets(table), [
		{port: 8080, inode: '40652'},
		{port: 22, inode: '77'},
	]);
});
