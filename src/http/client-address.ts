import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** An IPv4 address that Node shows as one of IPv6. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

/**
 * The network address that a request came from. Each proxy adds the one that it saw to the end of `X-Forwarded-For`, and what stands
 * before was written by whoever called; so with `proxies` of our own it is the entry so many from the end.
 */
export function clientAddress({ headers, socket }: IncomingMessage, proxies: number): string {
  const own = (socket.remoteAddress ?? '').replace(MAPPED, '');
  if (proxies === 0) return own;
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const address = forwarded.at(-proxies)?.trim() ?? '';
  return isIP(address) === 0 ? own : address.replace(MAPPED, '');
}
