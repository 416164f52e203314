import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { coercedDefinition, withCoercedVariables } from './coerced-variables.js';
import { areToldAlike, isOutage, locateErrors } from './compiled-errors.js';
import type { RequestContext } from './context.js';
import { settleConditions } from './settle-conditions.js';

type Variables = Readonly<Record<string, unknown>>;

/** Where graphql-js stops, too: there may be one for each value. */
const MOST_ERRORS = 50;

/** One way to run an operation: what runs depends on its conditions. */
interface Variant {
  document: DocumentNode;
  query: CompiledQuery['query'];
}

/** An operation of a document as code, for each outcome of its @skip and @include. */
export class CompiledOperation {
  private readonly variants = new Map<string, Variant | null>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    private readonly conditions: readonly string[],
  ) {}

  /** What the operation comes to; null when graphql-js has to say so. */
  async run(given: Variables, context: RequestContext): Promise<ExecutionResult | null> {
    const definitions = this.operation.variableDefinitions ?? [];
    const { coerced } = getVariableValues(this.schema, definitions, given, { maxErrors: MOST_ERRORS });
    const variant = coerced && this.variantFor(coerced);
    if (!variant) return null;
    const result = (await variant.query(undefined, context, coerced)) as ExecutionResult;
    if (!result.errors) return result;
    const isRead = this.operation.operation === OperationTypeNode.QUERY;
    if (isRead && !areToldAlike(result.errors) && !result.errors.some(isOutage)) return null;
    return { ...result, errors: locateErrors(result.errors, variant.document) };
  }

  private variantFor(variables: Variables): Variant | null {
    const values = this.conditions.map((name) => variables[name]);
    if (!values.every((value) => typeof value === 'boolean')) return null;
    const key = values.join();
    const known = this.variants.get(key);
    if (known !== undefined) return known;
    const variant = this.compile(settleConditions(this.document, variables));
    this.variants.set(key, variant);
    return variant;
  }

  private compile(settled: DocumentNode): Variant | null {
    const document: DocumentNode = visit(settled, { [Kind.VARIABLE_DEFINITION]: { enter: coercedDefinition } });
    const compiled = compileQuery(withCoercedVariables(this.schema), document, this.operation.name?.value, {
      disablingCapturingStackErrors: true, // they have a cause, which has its stack
    });
    return isCompiledQuery(compiled) ? { document, query: compiled.query } : null;
  }
}
