import { ClientGoneError } from '../shared/client-gone.js';

/** It was not the turn of a caller before their patience was over. */
export class NoTurnError extends Error {
  constructor() {
    super('There was too much to do for the same caller before.');
  }
}

/** Gives a turn back. To give it back twice does nothing. */
export type Leave = () => void;

type Waiter = (leave: Leave) => void;

interface Queue {
  /** How many are at it. */
  taken: number;
  /** In the order they came: a set, so that who leaves from the middle is found. */
  waiters: Set<Waiter>;
}

/** Lets at most so many of the same key be at something at once; the others wait, in the order they came. */
export class FairShare {
  /** Of the keys that somebody is at it for; the others are not remembered. */
  private readonly queues = new Map<string, Queue>();

  /**
   * @param most at least 1
   * @param patience how long one waits, in milliseconds
   */
  constructor(
    private readonly most: number,
    private readonly patience: number,
  ) {}

  /** How many keys are remembered. */
  get size(): number {
    return this.queues.size;
  }

  /**
   * Resolves when it is the caller's turn, with what ends it.
   * @param gone aborted when nobody waits for the turn any longer
   * @throws ClientGoneError when it is aborted before; NoTurnError when it takes too long
   */
  async enter(key: string, gone?: AbortSignal): Promise<Leave> {
    if (gone?.aborted) throw new ClientGoneError();
    const queue = this.queues.get(key) ?? { taken: 0, waiters: new Set() };
    this.queues.set(key, queue);
    if (queue.taken >= this.most) return this.wait(queue, gone);
    queue.taken++;
    return this.leaveOnce(queue, key);
  }

  private wait(queue: Queue, gone?: AbortSignal): Promise<Leave> {
    return new Promise((resolve, reject) => {
      const stopWaiting = () => {
        queue.waiters.delete(waiter);
        clearTimeout(timer);
        gone?.removeEventListener('abort', goAway);
      };
      const refuse = (error: Error) => {
        stopWaiting();
        reject(error);
      };
      const waiter: Waiter = (leave) => {
        stopWaiting();
        resolve(leave);
      };
      const goAway = () => refuse(new ClientGoneError());
      const timer = setTimeout(() => refuse(new NoTurnError()), this.patience);
      gone?.addEventListener('abort', goAway);
      queue.waiters.add(waiter);
    });
  }

  private leaveOnce(queue: Queue, key: string): Leave {
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      const [next] = queue.waiters;
      if (next) return next(this.leaveOnce(queue, key)); // the turn passes on, so nobody comes in between
      queue.taken--;
      if (queue.taken === 0) this.queues.delete(key);
    };
  }
}
