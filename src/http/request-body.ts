import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestRefusal } from './request-refusal.js';

/** What cannot be read would come out as another text, without a word. */
function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new RequestRefusal(400, 'The body is not text in UTF-8.');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/**
 * The body as text.
 * @param maximum in bytes
 * @param count is told how many bytes there are so far
 * @throws RequestRefusal with 413 when it is longer, with 400 when it is not UTF-8
 */
export async function readBody(
  request: IncomingMessage,
  maximum: number,
  count: (bytes: number) => void,
): Promise<string> {
  const tooLarge = new RequestRefusal(413, `The body has more than ${maximum} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > maximum) throw tooLarge;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    count(length);
    if (length > maximum) throw tooLarge;
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}
