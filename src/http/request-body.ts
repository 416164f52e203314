import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestRefusal } from './request-refusal.js';

/** What cannot be read would come out as another text, without a word. */
function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new RequestRefusal(400, 'The body is not text in UTF-8.');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

const tooLarge = (maximum: number): RequestRefusal =>
  new RequestRefusal(413, `The body has more than ${maximum} bytes.`);

/** All bytes that come. By its events: to iterate over a request of one packet takes longer than to answer it. */
function collect(request: IncomingMessage, maximum: number, count: (bytes: number) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      count(length);
      chunks.push(chunk);
      if (length <= maximum) return;
      request.off('data', take);
      request.resume(); // what still comes is let go: the connection is to be there for the answer
      reject(tooLarge(maximum));
    };
    request.on('data', take);
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once('error', reject);
  });
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
  if (Number(request.headers['content-length'] ?? 0) > maximum) throw tooLarge(maximum);
  return decode(await collect(request, maximum, count));
}
