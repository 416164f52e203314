import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { clientAddress } from '../../src/http/client-address.js';

const request = (remoteAddress: string | undefined, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each([
  ['without a proxy, the one of the connection', '192.0.2.1', undefined, 0, '192.0.2.1'],
  ['without a proxy, whatever the caller claims', '192.0.2.1', '198.51.100.7', 0, '192.0.2.1'],
  ['behind one proxy, the one that it saw', '192.0.2.1', '198.51.100.7', 1, '198.51.100.7'],
  ['behind one proxy, not what the caller claims', '192.0.2.1', '203.0.113.9, 198.51.100.7', 1, '198.51.100.7'],
  [
    'behind two proxies, the one that the first saw',
    '192.0.2.1',
    '203.0.113.9, 198.51.100.7, 192.0.2.2',
    2,
    '198.51.100.7',
  ],
  ['where a proxy is missing, the one of the connection', '192.0.2.1', '198.51.100.7', 2, '192.0.2.1'],
  ['where no address stands, the one of the connection', '192.0.2.1', 'somebody', 1, '192.0.2.1'],
  ['of IPv6', '192.0.2.1', '2001:db8::7', 1, '2001:db8::7'],
  ['of IPv4, as Node shows it on a socket of IPv6', '::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
  ['of a connection that is gone', undefined, undefined, 0, ''],
])('the address of a client is, %s', (_, remote, forwarded, proxies, address) => {
  expect(clientAddress(request(remote, forwarded), proxies)).toBe(address);
});
