import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { RequestContext } from './context.js';
import type { RequestHooks } from './request-hooks.js';

/** A request of which all is known before anything of it runs. */
export interface GuardedRequest {
  document: DocumentNode;
  /** Not there when the document has none of the name that was asked for: the execution says so. */
  operation: OperationDefinitionNode | undefined;
  source: string;
  request: { variables?: Record<string, unknown> };
  contextValue: RequestContext;
}

/** Throws when a request must not run. */
export type Guard = (request: GuardedRequest) => void | Promise<void>;

/** Asks the guards one after the other: what one refuses, the next does not see. */
export function guardsHooks(guards: readonly Guard[]): RequestHooks {
  return {
    async didResolveOperation(request) {
      for (const guard of guards) {
        const answer = guard(request as GuardedRequest);
        if (answer) await answer; // most of them know at once
      }
    },
  };
}
