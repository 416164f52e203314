import { expect, test } from '@jest/globals';
import { RequestsInFlight } from '../../src/http/requests-in-flight.js';

const tooMany = expect.objectContaining({ extensions: expect.objectContaining({ code: 'RATE_LIMITED' }) });

test('of each caller so many requests are in flight at once, and as many again when they have ended', () => {
  const inFlight = new RequestsInFlight();
  const enterAll = () => Array.from({ length: 50 }, () => inFlight.enter('one'));
  for (let round = 0; round < 2; round++) {
    const entered = enterAll();
    expect(() => inFlight.enter('one')).toThrow(tooMany);
    inFlight.enter('other')();
    entered.pop()!();
    inFlight.enter('one')();
    for (const leave of entered) leave();
  }
});
