import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { PageRequest } from '../shared/page.js';
import type { PlannedRead, ReadPlan } from '../shared/read-plan.js';
import type { RequestContext } from './context.js';
import { isIncluded } from './is-included.js';
import { selectsAny } from './look-ahead.js';
import { pageRequest } from './page-arguments.js';
import type { FieldRead } from './reads.js';

/** What else a query reads is read when it is asked for: a statement is not to grow with what somebody thinks of. */
const MAXIMUM_READS = 12;

type Variables = Readonly<Record<string, unknown>>;
type FieldsType = GraphQLObjectType | GraphQLInterfaceType;
type Field = GraphQLField<unknown, unknown>;

/** A field of an operation that says what it reads. */
interface ReadingField {
  read: FieldRead;
  /** The name of the loader. */
  loader: string;
  /** The one above it, by its number; null where there is none. */
  above: number | null;
  /** What has to be included on the way to it, as far as there is a condition. */
  conditions: readonly SelectionNode[];
  argumentsFor(variables: Variables): Record<string, unknown>;
}

const LITERALS: readonly Kind[] = [Kind.INT, Kind.STRING, Kind.BOOLEAN];

const hasLiteralsOnly = ({ arguments: given = [] }: FieldNode): boolean =>
  given.every(({ value }) => LITERALS.includes(value.kind));

/** The values of a field's arguments; found out once where they are the same for all variables. */
function argumentsOf(field: Field, node: FieldNode): ReadingField['argumentsFor'] {
  if (!hasLiteralsOnly(node)) return (variables) => getArgumentValues(field, node, variables);
  let values: Record<string, unknown> | undefined;
  return () => {
    values ??= getArgumentValues(field, node);
    return values;
  };
}

/** Collects the fields of an operation that say what they read, each after those above it. */
class ReadingFields {
  readonly fields: ReadingField[] = [];
  private readonly fragments: Record<string, FragmentDefinitionNode> = {};

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    for (const definition of definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments[definition.name.value] = definition;
  }

  visit(
    { selections }: SelectionSetNode,
    type: FieldsType,
    above: number | null,
    conditions: readonly SelectionNode[],
  ): void {
    for (const selection of selections) {
      const all = selection.directives?.length ? [...conditions, selection] : conditions;
      if (selection.kind === Kind.FIELD) this.visitField(selection, type, above, all);
      else this.visitFragment(selection, type, above, all);
    }
  }

  private visitFragment(
    selection: Exclude<SelectionNode, FieldNode>,
    type: FieldsType,
    above: number | null,
    conditions: readonly SelectionNode[],
  ): void {
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments[selection.name.value]! : selection;
    const condition = fragment.typeCondition && this.schema.getType(fragment.typeCondition.name.value);
    this.visit(fragment.selectionSet, isObjectType(condition) ? condition : type, above, conditions);
  }

  private visitField(
    node: FieldNode,
    type: FieldsType,
    above: number | null,
    conditions: readonly SelectionNode[],
  ): void {
    const field = type.getFields()[node.name.value];
    if (!field) return; // of the schema itself
    const read = field.extensions['reads'] as FieldRead | undefined;
    let at = above;
    if (read) {
      const loader = this.loaderOf(read, field, node);
      at = this.fields.push({ read, loader, above, conditions, argumentsFor: argumentsOf(field, node) }) - 1;
    }
    const next = getNamedType(field.type);
    if (node.selectionSet && (isObjectType(next) || isInterfaceType(next)))
      this.visit(node.selectionSet, next, at, conditions);
  }

  private loaderOf({ loader }: FieldRead, { type }: Field, node: FieldNode): string {
    if (typeof loader === 'string') return loader;
    const selected = { schema: this.schema, fragments: this.fragments, returnType: type, fieldNodes: [node] };
    return loader((coordinates) => selectsAny(selected, coordinates));
  }
}

/** A query for the values of its variables. */
class Planning {
  readonly reads: PlannedRead[] = [];
  /** Of each field the place of its read in the plan; null where it has none. */
  private readonly places: (number | null)[] = [];
  private readonly known = new Map<string, number>();

  constructor(
    private readonly variables: Variables,
    private readonly context: RequestContext,
  ) {}

  plan(field: ReadingField): void {
    const isWanted = field.conditions.every((selection) => isIncluded(selection, this.variables));
    this.places.push(isWanted ? this.add(field) : null);
  }

  /** Adds what a field reads to the plan, unless it is there. */
  private add({ read, loader, above, argumentsFor }: ReadingField): number | null {
    const args = argumentsFor(this.variables);
    const keys = this.keysOf(read, args, above === null ? null : this.places[above]!);
    if (!keys) return null;
    const page = read.page === 'ARGUMENTS' ? pageRequest(args) : read.page;
    const identity = identityOf(loader, keys, page);
    const known = this.known.get(identity);
    if (known !== undefined) return known;
    if (this.reads.length === MAXIMUM_READS) return null;
    this.known.set(identity, this.reads.length);
    return this.reads.push({ loader, keys, ...(page && { page }) }) - 1;
  }

  private keysOf(
    { by, key }: FieldRead,
    args: Record<string, unknown>,
    above: number | null,
  ): PlannedRead['keys'] | null {
    if (by !== undefined) return above === null ? null : { of: above, link: by };
    const given = key?.(this.context, args) ?? null;
    return given === null ? null : [given];
  }
}

/** The same text for the same read; a cursor may be any text, so it comes last. */
function identityOf(loader: string, keys: PlannedRead['keys'], page: PageRequest | undefined): string {
  const which = 'of' in keys ? `${keys.of}.${keys.link}` : JSON.stringify(keys);
  return page ? `${loader} ${which} ${page.size} ${page.backward} ${page.cursor ?? ''}` : `${loader} ${which}`;
}

/** What a query will read, as its fields declare it. */
export class DeclaredReads {
  private readonly fields: readonly ReadingField[];

  constructor(schema: GraphQLSchema, document: DocumentNode, { selectionSet }: OperationDefinitionNode) {
    const reading = new ReadingFields(schema, document);
    reading.visit(selectionSet, schema.getQueryType()!, null, []);
    this.fields = reading.fields;
  }

  get isEmpty(): boolean {
    return this.fields.length === 0;
  }

  /** What is read for these values of its variables; nothing where an argument is wrong, which its resolver says better. */
  planFor(variables: Variables, context: RequestContext): ReadPlan {
    const planning = new Planning(variables, context);
    try {
      for (const field of this.fields) planning.plan(field);
    } catch (error) {
      if (error instanceof GraphQLError) return [];
      throw error;
    }
    return planning.reads;
  }
}
