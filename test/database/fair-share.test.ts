import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FairShare, type Leave, NoTurnError } from '../../src/database/fair-share.js';
import { takeTurn } from '../../src/database/viewer-turn.js';
import { ClientGoneError } from '../../src/shared/client-gone.js';

const LONG = 1e9;

/** Lets everything happen that waits for nothing but a promise. */
const settle = (): Promise<void> => new Promise(setImmediate);

describe('of the same key', () => {
  test('no more than so many are at it, and the next come in the order they asked', async () => {
    const share = new FairShare(2, LONG);
    const entered: number[] = [];
    const enter = (place: number) =>
      share.enter('a').then((leave) => {
        entered.push(place);
        return leave;
      });
    const turns = [0, 1, 2, 3].map(enter);
    await settle();
    expect(entered).toEqual([0, 1]);
    (await turns[1]!)();
    await settle();
    expect(entered).toEqual([0, 1, 2]);
    (await turns[0]!)();
    await settle();
    expect(entered).toEqual([0, 1, 2, 3]);
  });

  test('a turn that is given back twice is one turn', async () => {
    const share = new FairShare(1, LONG);
    const leave = await share.enter('a');
    const second = share.enter('a');
    const third = share.enter('a');
    leave();
    leave();
    await second;
    let isThird = false;
    void third.then(() => {
      isThird = true;
    });
    await settle();
    expect(isThird).toBe(false);
  });

  test('who has gone leaves the queue, and the turn to the next', async () => {
    const share = new FairShare(1, LONG);
    const leave = await share.enter('a');
    const leaving = new AbortController();
    const left = share.enter('a', leaving.signal);
    const next = share.enter('a');
    leaving.abort();
    await expect(left).rejects.toThrow(ClientGoneError);
    leave();
    (await next)();
    expect(share.size).toBe(0);
  });

  test('who has gone before does not enter', async () => {
    const share = new FairShare(1, LONG);
    await expect(share.enter('a', AbortSignal.abort())).rejects.toThrow(ClientGoneError);
    expect(share.size).toBe(0);
  });

  test('nobody waits longer than they may', async () => {
    const share = new FairShare(1, 1);
    const leave = await share.enter('a');
    await expect(share.enter('a')).rejects.toThrow(NoTurnError);
    leave();
    expect(share.size).toBe(0);
  });
});

test('to wait too long is an outage, and says what became of the call', async () => {
  const share = new FairShare(1, 1);
  const viewer = { subject: 'somebody', employeeId: null, roles: [] };
  await takeTurn(share, viewer, 'WRITE');
  await expect(takeTurn(share, viewer, 'WRITE')).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringMatching(/in the same name at once\. Nothing of the call was kept/),
  });
});

test('others do not wait', async () => {
  const share = new FairShare(1, LONG);
  await share.enter('a');
  void share.enter('a');
  (await share.enter('b'))();
  expect(share.size).toBe(1);
});

type Step = { kind: 'ENTER'; key: string } | { kind: 'LEAVE' | 'GO'; which: number };

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('ENTER' as const), key: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ kind: fc.constantFrom('LEAVE' as const, 'GO' as const), which: fc.nat(30) }),
  ),
  { maxLength: 60 },
);

type State = 'WAITING' | 'IN' | 'GONE' | 'LEFT';

interface Caller {
  key: string;
  state: State;
}

/** The rule, said again by looking at everybody each time: the first of a key that have not ended are in. */
function letIn(callers: Caller[], most: number): void {
  for (const caller of callers) {
    const inside = callers.filter(({ key, state }) => key === caller.key && state === 'IN').length;
    if (caller.state === 'WAITING' && inside < most) caller.state = 'IN';
  }
}

/** Does to both what a step says. */
class Both {
  readonly callers: Caller[] = [];
  readonly observed: State[] = [];
  private readonly signals: AbortController[] = [];
  private readonly leaves: Leave[] = [];
  readonly share: FairShare;

  constructor(private readonly most: number) {
    this.share = new FairShare(most, LONG);
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'ENTER') this.enter(step.key);
    else if (step.kind === 'LEAVE') this.leave(step.which);
    else this.go(step.which);
    letIn(this.callers, this.most);
    await settle();
  }

  private enter(key: string): void {
    const place = this.callers.push({ key, state: 'WAITING' }) - 1;
    this.observed[place] = 'WAITING';
    const signal = new AbortController();
    this.signals.push(signal);
    this.share.enter(key, signal.signal).then(
      (leave) => {
        this.observed[place] = 'IN';
        this.leaves[place] = leave;
      },
      () => {
        this.observed[place] = 'GONE';
      },
    );
  }

  private leave(place: number): void {
    if (this.callers[place]?.state !== 'IN') return;
    this.callers[place].state = 'LEFT';
    this.observed[place] = 'LEFT';
    this.leaves[place]!();
  }

  /** Who is in has nothing more to wait for: the signal changes nothing. */
  private go(place: number): void {
    this.signals[place]?.abort();
    if (this.callers[place]?.state === 'WAITING') this.callers[place].state = 'GONE';
  }
}

test('whoever comes, leaves and goes away, those are in who should be, and nobody else is remembered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), steps, async (most, all) => {
      const both = new Both(most);
      for (const step of all) {
        await both.take(step);
        expect(both.observed).toEqual(both.callers.map(({ state }) => state));
        const present = both.callers.filter(({ state }) => state === 'IN' || state === 'WAITING');
        expect(both.share.size).toBe(new Set(present.map(({ key }) => key)).size);
      }
    }),
  );
});
