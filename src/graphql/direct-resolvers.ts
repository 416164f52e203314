import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import type { RequestContext } from './context.js';

type Resolve = GraphQLFieldResolver<unknown, RequestContext>;
type Parameter = (...given: Parameters<Resolve>) => unknown;
type FieldResolver = ReturnType<typeof getMetadataStorage>['fieldResolvers'][number];

const PARAMETERS: Partial<Record<string, Parameter>> = {
  root: (root) => root,
  args: (_, args) => args, // our classes of arguments have no methods that an object without a class would lack
  context: (_, __, context) => context,
};

/** What a method takes, in its order; null where type-graphql turns some of it into something else. */
function parametersOf({ params = [], middlewares = [], roles }: FieldResolver): Parameter[] | null {
  if (middlewares.length > 0 || roles) return null;
  const parameters = [...params]
    .sort((one, other) => one.index - other.index)
    .map((param) => (param.kind === 'root' && param.getType ? undefined : PARAMETERS[param.kind]));
  return parameters.every((parameter) => parameter !== undefined) ? (parameters as Parameter[]) : null;
}

/**
 * Lets the schema call the methods of field resolvers itself. type-graphql finds out anew at each call what a method takes, and waits
 * in several promises for arguments that nobody validates: on a page of many actions that took longer than what the methods do.
 */
export function resolveDirectly(schema: GraphQLSchema): void {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const resolvers = new Map<new () => object, object>();
  for (const metadata of fieldResolvers) {
    const declared = objectTypes.find(({ target }) => target === metadata.getObjectType?.());
    const type = declared && schema.getType(declared.name);
    const parameters = parametersOf(metadata);
    if (!isObjectType(type) || !parameters) continue;
    const target = metadata.target as new () => object;
    const resolver = resolvers.get(target) ?? new target();
    resolvers.set(target, resolver);
    const method = (resolver as Record<string, (...values: unknown[]) => unknown>)[metadata.methodName]!;
    const resolve: Resolve = (...given) =>
      method.apply(
        resolver,
        parameters.map((parameter) => parameter(...given)),
      );
    type.getFields()[metadata.schemaName]!.resolve = resolve;
  }
}
