import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { compilableOf } from './compilable.js';
import { CompiledOperation } from './compiled-operation.js';

/** Each takes about four kilobytes. */
const MOST_FIELDS = 5_000;

/** What was compiled, as long as it is used and there is room: its memory is bounded by how many fields it has in all. */
export class CompiledOperations {
  /** Those that have come once, and those that are never compiled. They go with their document, when Apollo forgets it. */
  private readonly others = new WeakMap<OperationDefinitionNode, 'SEEN' | 'LEFT'>();

  /** The one that was used last comes last. */
  private readonly compiled = new Map<OperationDefinitionNode, { code: CompiledOperation; fields: number }>();
  private fields = 0;

  constructor(private readonly schema: GraphQLSchema) {}

  /** Null the first time: to compile an operation takes longer than to run it once. */
  find(document: DocumentNode, operation: OperationDefinitionNode): CompiledOperation | null {
    const known = this.compiled.get(operation);
    if (known) {
      this.compiled.delete(operation);
      this.compiled.set(operation, known);
      return known.code;
    }
    const standing = this.others.get(operation);
    if (standing === 'SEEN') return this.compile(document, operation);
    if (!standing) this.others.set(operation, 'SEEN');
    return null;
  }

  private compile(document: DocumentNode, operation: OperationDefinitionNode): CompiledOperation | null {
    const compilable = compilableOf(document, operation);
    if (!compilable) {
      this.others.set(operation, 'LEFT');
      return null;
    }
    const { conditions, fields } = compilable;
    const code = new CompiledOperation(this.schema, document, operation, conditions);
    this.compiled.set(operation, { code, fields });
    this.fields += fields;
    this.makeRoom();
    return code;
  }

  private makeRoom(): void {
    for (const [operation, { fields }] of this.compiled) {
      if (this.fields <= MOST_FIELDS) return;
      this.compiled.delete(operation);
      this.fields -= fields;
    }
  }
}
