import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { RequestContext } from './context.js';

type Listener = GraphQLRequestListener<RequestContext>;
type Plugin = ApolloServerPlugin<RequestContext>;

/** What one concern does at the steps of a request. It is the same for all requests. */
export type RequestHooks = Pick<Listener, 'validationDidStart' | 'didResolveOperation' | 'responseForOperation'> &
  Pick<Listener, 'didEncounterErrors' | 'willSendResponse'> &
  Pick<Plugin, 'contextCreationDidFail'>;

/** Steps that may concern several. */
type SharedStep = 'didEncounterErrors' | 'willSendResponse' | 'contextCreationDidFail';

type Hook = (request: never) => Promise<unknown>;

const hooksFor = (step: SharedStep, concerns: readonly RequestHooks[]): Hook[] =>
  concerns.flatMap((concern) => (concern[step] as Hook | undefined) ?? []);

/** All that are there for a step, which begin in their order and do not wait for each other. */
function together(step: SharedStep, concerns: readonly RequestHooks[]) {
  const hooks = hooksFor(step, concerns);
  return async (request: object): Promise<void> => {
    await Promise.all(hooks.map((hook) => hook(request as never)));
  };
}

/** All that are there for a step, each after the one before: what one makes of the answer, the next goes by. */
function inTurn(step: SharedStep, concerns: readonly RequestHooks[]) {
  const hooks = hooksFor(step, concerns);
  return async (request: object): Promise<void> => {
    for (const hook of hooks) await hook(request as never);
  };
}

/** @throws when several concerns want to answer at the same step */
function only<Step extends Exclude<keyof RequestHooks, SharedStep>>(step: Step, concerns: readonly RequestHooks[]) {
  const hooks = concerns.flatMap((concern) => concern[step] ?? []);
  if (hooks.length !== 1) throw new Error(`There are ${hooks.length} hooks for ${step}: there is to be one.`);
  return hooks[0] as NonNullable<RequestHooks[Step]>;
}

/** All concerns as one plugin: Apollo waits for every plugin at each step of a request, also for those that have no part in it. */
export function pluginOf(concerns: readonly RequestHooks[]): Plugin {
  const listener: Listener = {
    validationDidStart: only('validationDidStart', concerns),
    didResolveOperation: only('didResolveOperation', concerns),
    responseForOperation: only('responseForOperation', concerns),
    didEncounterErrors: together('didEncounterErrors', concerns),
    willSendResponse: inTurn('willSendResponse', concerns),
  };
  const started = Promise.resolve(listener);
  return {
    contextCreationDidFail: together('contextCreationDidFail', concerns),
    requestDidStart: () => started,
  };
}
