import { tooManyAtOnce } from './too-many-requests.js';

/** As many as a page asks at once, several times over. */
const MAXIMUM = 50;

/** Counts the requests that are being read or answered, so that nobody holds the service's memory with half of many. */
export class RequestsInFlight {
  private readonly counts = new Map<string, number>();

  /**
   * Lets a request in.
   * @param caller those who are counted together
   * @returns to be called when the request has ended
   * @throws RATE_LIMITED when too many of the caller are in flight
   */
  enter(caller: string): () => void {
    const count = this.counts.get(caller) ?? 0;
    if (count >= MAXIMUM) throw tooManyAtOnce(MAXIMUM);
    this.counts.set(caller, count + 1);
    return () => this.leave(caller);
  }

  private leave(caller: string): void {
    const count = this.counts.get(caller)! - 1;
    if (count === 0) this.counts.delete(caller);
    else this.counts.set(caller, count);
  }
}
