import type { IncomingMessage } from 'node:http';
import { RequestRefusal } from './request-refusal.js';

const MAXIMUM_BODY_BYTES = 1_000_000;

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** What cannot be read would come out as another text, without a word. */
function decode(bytes: Buffer): string {
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw new RequestRefusal(400, 'The body is not text in UTF-8.');
  }
}

/**
 * The body as text, of at most one megabyte.
 * @throws RequestRefusal with 413 when it is longer, with 400 when it is not UTF-8
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const tooLarge = new RequestRefusal(413, `The body has more than ${MAXIMUM_BODY_BYTES} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > MAXIMUM_BODY_BYTES) throw tooLarge;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAXIMUM_BODY_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}
