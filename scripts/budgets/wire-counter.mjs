import { planOf } from './explained-plan.mjs';
import { ProtocolMessages, STARTUP, textAt } from './protocol-messages.mjs';

/** Counts what the service and Postgres say to each other, on all connections together. */
export class WireCounter {
  connections = 0;
  statements = 0;
  /** Of the statements, those that Postgres does not keep. */
  unnamedStatements = 0;
  parses = 0;
  /**
   * How often the service has waited, one time after the other: what is asked after an answer belongs to the next round trip, what is
   * asked without waiting for one to the same, on whichever connection.
   */
  roundTrips = 0;
  /** What Postgres told of the plans that it ran. */
  plans = [];

  connect() {
    this.connections++;
    return new CountedConnection(this);
  }
}

/** One connection. */
class CountedConnection {
  #sent = new ProtocolMessages(true);
  #received = new ProtocolMessages(false);
  /** Of each answer that is still to come, the round trip that it belongs to. */
  #awaited = [];
  /** Of each portal, whether it is of a statement that Postgres keeps. */
  #isNamed = new Map();
  #counter;

  constructor(counter) {
    this.#counter = counter;
  }

  countSent(chunk) {
    for (const message of this.#sent.read(chunk)) this.#countMessage(message);
  }

  /** P is Parse, B is Bind, E is Execute, Q is Query, S is Sync. */
  #countMessage({ type, body }) {
    if (type === 'P') this.#counter.parses++;
    if (type === 'B') this.#bind(body);
    if (type === 'E') this.#countStatement(this.#isNamed.get(textAt(body, 0).text));
    if (type === 'Q') this.#countStatement(false);
    if (type === STARTUP || type === 'Q' || type === 'S') this.#awaited.push(this.#counter.roundTrips + 1);
  }

  #bind(body) {
    const portal = textAt(body, 0);
    this.#isNamed.set(portal.text, textAt(body, portal.next).text !== '');
  }

  #countStatement(isNamed) {
    this.#counter.statements++;
    if (!isNamed) this.#counter.unnamedStatements++;
  }

  /** @returns what the service is to get: all but the plans, which it has not asked for; and how many answers end with it */
  takeReceived(chunk) {
    const bytes = [];
    let answers = 0;
    for (const message of this.#received.read(chunk)) {
      const plan = message.type === 'N' ? planOf(message.body) : null; // N is a notice
      if (plan) this.#counter.plans.push(plan);
      else bytes.push(message.bytes);
      if (message.type === 'Z') answers++; // Z is ReadyForQuery
    }
    return { bytes: Buffer.concat(bytes), answers };
  }

  /** Says that the service has got so many answers more. */
  finish(answers) {
    const roundTrips = this.#awaited.splice(0, answers);
    this.#counter.roundTrips = Math.max(this.#counter.roundTrips, ...roundTrips);
  }
}
