import type { IncomingMessage } from 'node:http';

const MAXIMUM_BODY_BYTES = 1_000_000;

/** A request that is refused before it reaches GraphQL. */
export class RequestRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The body as text, of at most one megabyte.
 * @throws RequestRefusal with 413 when it is longer
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
  return Buffer.concat(chunks).toString('utf8');
}
