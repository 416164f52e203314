import {
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
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { PlannedRead, ReadPlan } from '../shared/read-plan.js';
import type { RequestContext } from './context.js';
import { isIncluded } from './is-included.js';
import { selectsAny } from './look-ahead.js';
import { pageRequest } from './page-arguments.js';
import type { FieldRead } from './reads.js';

/** What else a query reads is read when it is asked for: a statement is not to grow with what somebody thinks of. */
const MAXIMUM_READS = 12;

/** A query that is about to run. */
export interface QueryToRun {
  schema: GraphQLSchema;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  variables: Readonly<Record<string, unknown>>;
  context: RequestContext;
}

type FieldsType = GraphQLObjectType | GraphQLInterfaceType;
type Field = GraphQLField<unknown, unknown>;

/** Walks through a selection, and takes note of what its fields say that they read. */
class ReadPlanner {
  readonly reads: PlannedRead[] = [];
  private readonly places = new Map<string, number>();

  constructor(private readonly query: QueryToRun) {}

  /** @param place of the read in the plan that the selection is about; null where there is none */
  visit({ selections }: SelectionSetNode, type: FieldsType, place: number | null): void {
    for (const selection of selections) {
      if (!isIncluded(selection, this.query.variables)) continue;
      if (selection.kind === Kind.FIELD) this.visitField(selection, type, place);
      else this.visitFragment(selection, type, place);
    }
  }

  private visitFragment(selection: Exclude<SelectionNode, FieldNode>, type: FieldsType, place: number | null): void {
    const { schema, fragments } = this.query;
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value]! : selection;
    const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
    this.visit(fragment.selectionSet, isObjectType(condition) ? condition : type, place);
  }

  private visitField(node: FieldNode, type: FieldsType, place: number | null): void {
    const field = type.getFields()[node.name.value];
    const next = field && getNamedType(field.type);
    if (!node.selectionSet && !field?.extensions['reads']) return;
    const read = field?.extensions['reads'] as FieldRead | undefined;
    const at = read ? this.add(read, field!, node, place) : place;
    if (node.selectionSet && (isObjectType(next) || isInterfaceType(next))) this.visit(node.selectionSet, next, at);
  }

  /** Adds what a field reads to the plan, unless it is there. */
  private add(read: FieldRead, field: Field, node: FieldNode, place: number | null): number | null {
    const args = getArgumentValues(field, node, this.query.variables);
    const keys = this.keysOf(read, args, place);
    if (!keys) return null;
    const page = read.page === 'ARGUMENTS' ? pageRequest(args) : read.page;
    const planned: PlannedRead = { loader: this.loaderOf(read, field, node), keys, ...(page && { page }) };
    const identity = JSON.stringify(planned);
    const known = this.places.get(identity);
    if (known !== undefined) return known;
    if (this.reads.length === MAXIMUM_READS) return null;
    this.places.set(identity, this.reads.length);
    return this.reads.push(planned) - 1;
  }

  private keysOf(
    { by, key }: FieldRead,
    args: Record<string, unknown>,
    place: number | null,
  ): PlannedRead['keys'] | null {
    if (by !== undefined) return place === null ? null : { of: place, link: by };
    const given = key?.(this.query.context, args) ?? null;
    return given === null ? null : [given];
  }

  private loaderOf({ loader }: FieldRead, { type }: Field, node: FieldNode): string {
    if (typeof loader === 'string') return loader;
    const selected = { ...this.query, returnType: type, fieldNodes: [node] };
    return loader((coordinates) => selectsAny(selected, coordinates));
  }
}

/** What a query will read, as its fields declare it; nothing where an argument is wrong, which its resolver says better. */
export function planReads(query: QueryToRun, selectionSet: SelectionSetNode): ReadPlan {
  const planner = new ReadPlanner(query);
  try {
    planner.visit(selectionSet, query.schema.getQueryType()!, null);
  } catch (error) {
    if (error instanceof GraphQLError) return [];
    throw error;
  }
  return planner.reads;
}
