import { defaultFieldResolver, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import { NotPermittedError } from '../shared/not-permitted.js';
import type { RequestContext } from './context.js';
import { thingIn } from './thing-in.js';

type Resolve = NonNullable<GraphQLFieldConfig<unknown, RequestContext>['resolve']>;

function codesOf(payload: unknown): string[] {
  const { userErrors } = payload as { userErrors?: { code: string }[] };
  return (userErrors ?? []).map(({ code }) => code);
}

/** Records what becomes of a mutation. That it is done, the transaction that does it records itself. */
function audited(name: string, resolve: Resolve): Resolve {
  return async (source, args, context, info) => {
    const { audit } = context;
    audit.begin(name, thingIn(info.schema, args['input']));
    let payload: unknown;
    try {
      payload = await resolve(source, args, context, info);
    } catch (error) {
      if (error instanceof NotPermittedError) await audit.recordNotDone('FORBIDDEN', []);
      // What failed is in the log in any case, and must not be hidden there by what failed after it.
      else await audit.recordNotDone('FAILED', []).catch(() => {});
      throw error;
    }
    const codes = codesOf(payload);
    if (codes.length === 0 && !audit.isSettled) {
      await audit.recordNotDone('FAILED', []);
      throw new Error(`${name} changed something outside of inTransaction.`);
    }
    await audit.recordNotDone('REFUSED', codes);
    return payload;
  };
}

/** Sees to it that every mutation of a schema, whichever feature brings it, is recorded whatever becomes of it. */
export function auditMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    field.resolve = audited(field.name, (field.resolve ?? defaultFieldResolver) as Resolve) as typeof field.resolve;
  }
}
