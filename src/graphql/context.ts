import type { Operation } from '../database/operation.js';
import type { Loaders } from '../loaders.js';
import type { ReadPlan } from '../shared/read-plan.js';
import type { Viewer } from '../shared/viewer.js';
import type { Caller } from './caller.js';
import { unauthenticated } from './errors.js';
import type { QueryCost } from './query-cost.js';

export type LoaderName = keyof Loaders;

/** Makes the loaders of a request, and hands them what is read together. */
export interface LoaderSource {
  create(): Loaders;
  readJointly(loaders: Loaders, plan: ReadPlan): Promise<void>;
}

/** What a request carries through its resolvers: who asks, when, and the loaders that batch its reads. */
export class RequestContext implements Operation {
  constructor(
    readonly requestId: string,
    /** Whom the limits count. */
    readonly caller: Caller,
    readonly clock: Operation['clock'],
    readonly database: Operation['database'],
    readonly audit: Operation['audit'],
    private readonly loaderSource: LoaderSource,
  ) {
    this.loaders = loaderSource.create();
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
    this.loaders = this.loaderSource.create();
  }

  /** Reads what the loaders will be asked for, as far as that is known, in one statement. */
  readAhead(plan: ReadPlan): Promise<void> {
    return this.loaderSource.readJointly(this.loaders, plan);
  }
}
