import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Viewer, ViewerRole } from '../shared/viewer.js';
import { checkListSizes, compileCost, type OperationCost } from './cost.js';
import { queryTooComplex } from './errors.js';
import type { Guard } from './guards.js';
import type { RequestHooks } from './request-hooks.js';

/** How much one operation may cost, in points: for people and, where it is more, for what their token grants. */
export type CostLimits = Record<'employee' | ViewerRole, number>;

const limitOf = (limits: CostLimits, viewer: Viewer | null): number =>
  Math.max(limits.employee, ...(viewer?.roles ?? []).map((role) => limits[role]));

/** Refuses what costs more than the viewer may ask for at once, before anything of it runs. */
export function costGuard(schema: GraphQLSchema, limits: CostLimits): Guard {
  checkListSizes(schema);
  const compiled = new WeakMap<OperationDefinitionNode, OperationCost>(); // documents are cached and come again
  return ({ document, operation, request, contextValue }) => {
    if (!operation) return;
    const cost = compiled.get(operation) ?? compileCost(schema, document, operation);
    compiled.set(operation, cost);
    const requested = cost(request.variables ?? {});
    const limit = limitOf(limits, contextValue.signedIn);
    contextValue.cost = { requested, limit };
    if (requested <= limit) return;
    throw queryTooComplex(
      `The answer may hold ${requested} points of objects; the limit is ${limit}. Ask for fewer at once with "first", or for fewer fields.`,
      { cost: contextValue.cost },
    );
  };
}

/** Tells every client what its operations cost. */
export function costHooks(): RequestHooks {
  return {
    async willSendResponse({ response: { body }, contextValue }) {
      if (body.kind !== 'single' || !contextValue.cost) return;
      body.singleResult.extensions = { ...body.singleResult.extensions, cost: contextValue.cost };
    },
  };
}
