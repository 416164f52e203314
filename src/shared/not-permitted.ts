import { standingsGranted } from './access.js';
import { type AccessSubject, ruleOf, STANDING_NAMES } from './access-table.js';

/** A viewer wanted to do something to a thing that they may see, but not treat so. */
export class NotPermittedError extends Error {
  constructor(readonly subject: AccessSubject) {
    const allowed = standingsGranted(subject).map((standing) => STANDING_NAMES[standing]);
    super(`You may see this, but not do it (${ruleOf(subject).description}). It is for: ${allowed.join(', ')}.`);
  }
}
