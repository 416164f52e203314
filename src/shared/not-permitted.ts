import { type AccessSubject, ruleOf } from './access-table.js';

/** A viewer wanted to do something to a thing that they may see, but not treat so. */
export class NotPermittedError extends Error {
  constructor(readonly subject: AccessSubject) {
    super(`You do not stand to this person so that you could do this: ${ruleOf(subject).description}.`);
  }
}
