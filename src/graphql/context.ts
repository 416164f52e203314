import type { Operation } from '../database/operation.js';
import type { Loaders } from '../loaders.js';
import type { Viewer } from '../shared/viewer.js';
import type { Caller } from './caller.js';
import { unauthenticated } from './errors.js';
import type { QueryCost } from './query-cost.js';

/** What a request carries through its resolvers: who asks, when, and the loaders that batch its reads. */
export class RequestContext implements Operation {
  constructor(
    readonly requestId: string,
    /** Whom the limits count. */
    readonly caller: Caller,
    readonly clock: Operation['clock'],
    readonly database: Operation['database'],
    readonly audit: Operation['audit'],
    private readonly createLoaders: () => Loaders,
  ) {
    this.loaders = createLoaders();
  }

  loaders: Loaders;

  /** What the operation costs; not there before it is known. */
  cost?: QueryCost;

  /**
   * Whether points were taken for the request, how long it is, and how many values its variables come to. An object, because
   * Apollo goes on with a copy of the context.
   */
  readonly account = { isCharged: false, characters: 0, values: 0 };

  /** Null when nobody is signed in. */
  get signedIn(): Viewer | null {
    return this.caller.viewer;
  }

  get isSignedIn(): boolean {
    return this.signedIn !== null;
  }

  /** @throws UNAUTHENTICATED when nobody is signed in */
  get viewer(): Viewer {
    if (this.signedIn === null) throw unauthenticated();
    return this.signedIn;
  }

  /** What loaders remember is from before a write: they start anew. */
  forgetReads(): void {
    this.loaders = this.createLoaders();
  }
}
