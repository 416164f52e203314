/** What a client begins with has no letter in front; all other messages have one, and then how long they are. */
export const STARTUP = 'startup';

/** Cuts what is said on a connection to Postgres into messages, whatever the pieces in which it arrives. */
export class ProtocolMessages {
  #rest = Buffer.alloc(0);
  #isStarting;

  /** @param beginsWithStartup whether a client speaks, and not the server */
  constructor(beginsWithStartup) {
    this.#isStarting = beginsWithStartup;
  }

  /** @returns the messages that are whole by now: what they are, what they say, and all of their bytes */
  read(chunk) {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const messages = [];
    for (;;) {
      const head = this.#isStarting ? 0 : 1;
      if (this.#rest.length < head + 4) return messages;
      const end = head + this.#rest.readInt32BE(head);
      if (this.#rest.length < end) return messages;
      messages.push({
        type: this.#isStarting ? STARTUP : String.fromCharCode(this.#rest[0]),
        body: this.#rest.subarray(head + 4, end),
        bytes: this.#rest.subarray(0, end),
      });
      this.#rest = this.#rest.subarray(end);
      this.#isStarting = false;
    }
  }
}

/** The text that begins at a place, and where the next thing begins. */
export function textAt(body, place) {
  const end = body.indexOf(0, place);
  return { text: body.toString('utf8', place, end), next: end + 1 };
}
