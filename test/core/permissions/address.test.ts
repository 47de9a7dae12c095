import assert from 'node:assert/strict';
import {test} from 'node:test';
import {addressKind, isAddress} from '../../../source/core/permissions/address.ts';

const kinds = {
	public: ['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'],
	private: [
		'10.0.0.1',
		'172.16.0.1',
		'172.31.255.255',
		'192.168.1.1',
		'127.0.0.1',
		'127.255.255.254',
		'100.64.0.1',
		'::1',
		'fd12::1',
		'::ffff:127.0.0.1',
		'::ffff:7f00:1',
	],
	forbidden: [
		'0.0.0.0',
		'0.1.2.3',
		'169.254.169.254',
		'192.0.0.192',
		'192.0.2.1',
		'198.18.0.1',
		'203.0.113.9',
		'224.0.0.1',
		'240.0.0.1',
		'255.255.255.255',
		'::',
		'fe80::1',
		'ff02::1',
		'fec0::1',
		'2001:db8::1',
		'2002:7f00:1::',
		'2001::1',
		'100::1',
		'::7f00:1',
		'64:ff9b::7f00:1',
		'64:ff9b::a9fe:a9fe',
		'100.100.100.200',
		'fd00:ec2::254',
		'::ffff:169.254.169.254',
		'fe80::1%eth0',
		'localhost',
		'',
		'1.2.3',
		'0x7f.1',
		'2130706433',
	],
};

for (const [kind, addresses] of Object.entries(kinds)) {
	test(`addresses that are ${kind}, in all their forms`, () => {
		for (const address of addresses) {
			assert.equal(addressKind(address), kind, address);
		}
	});
}

test('only what URLs write as an address is one', () => {
	assert.ok(isAddress('127.0.0.1') && isAddress('::1'));
	assert.equal(isAddress('1.2') || isAddress('nas') || isAddress('0x7f000001'), false);
});
