import { defaultFieldResolver, type GraphQLFieldConfig, type GraphQLSchema, isObjectType } from 'graphql';
import { NotPermittedError } from '../shared/not-permitted.js';
import { decodeTypedId } from '../shared/typed-id.js';
import type { RequestContext } from './context.js';

type Resolve = NonNullable<GraphQLFieldConfig<unknown, RequestContext>['resolve']>;

/** The first id of a thing of this service among what a mutation was given. */
function thingIn(input: object | null | undefined, prefixes: ReadonlySet<string>): string | null {
  const values = Object.values(input ?? {});
  const isThing = (value: unknown): value is string => {
    const decoded = typeof value === 'string' ? decodeTypedId(value) : null;
    return decoded !== null && prefixes.has(decoded.prefix);
  };
  return values.find(isThing) ?? null;
}

function codesOf(payload: unknown): string[] {
  const { userErrors } = payload as { userErrors?: { code: string }[] };
  return (userErrors ?? []).map(({ code }) => code);
}

/** Records what becomes of a mutation. That it is done, the transaction that does it records itself. */
function audited(name: string, resolve: Resolve, prefixes: ReadonlySet<string>): Resolve {
  return async (source, args, context, info) => {
    const { audit } = context;
    audit.begin(name, thingIn(args['input'] as object | undefined, prefixes));
    let payload: unknown;
    try {
      payload = await resolve(source, args, context, info);
    } catch (error) {
      if (error instanceof NotPermittedError) await audit.recordNotDone('FORBIDDEN', []);
      // What failed is in the log in any case, and must not be hidden there by what failed after it.
      else await audit.recordNotDone('FAILED', []).catch(() => {});
      throw error;
    }
    await audit.recordNotDone('REFUSED', codesOf(payload));
    return payload;
  };
}

/** Sees to it that every mutation of a schema, whichever feature brings it, is recorded whatever becomes of it. */
export function auditMutations(schema: GraphQLSchema): void {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const prefixes = new Set(types.flatMap(({ extensions }) => (extensions['idPrefix'] as string | undefined) ?? []));
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    field.resolve = audited(
      field.name,
      (field.resolve ?? defaultFieldResolver) as Resolve,
      prefixes,
    ) as typeof field.resolve;
  }
}
