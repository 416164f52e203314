import {
  type ArgumentNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { Extensions } from 'type-graphql';
import { DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE } from './page-arguments.js';

/** What asking for something costs. On a field it says so for the field, on a type for every field that leads to it. */
export interface CostDeclaration {
  /** Points for each object; 1 when it is not said, 0 for values without fields. */
  weight?: number;
  /** How many entries a list has at most, or is counted with where nothing bounds it. */
  items?: number;
  /** The argument that says how many entries a list has. */
  itemsOf?: string;
  /** The argument that holds a text to search for, or the path of it within one: a search costs more than what it finds. */
  searchOf?: 'search' | 'filter.search';
}

export const Cost = (cost: CostDeclaration): MethodDecorator & PropertyDecorator & ClassDecorator =>
  Extensions({ cost });

type Variables = Readonly<Record<string, unknown>>;

/** The points of an operation, given the values of its variables. */
export type OperationCost = (variables: Variables) => number;

type AnyField = GraphQLField<unknown, unknown>;

const declared = (declaring: { extensions: object }): CostDeclaration =>
  (declaring.extensions as { cost?: CostDeclaration }).cost ?? {};

const declarationOf = (field: AnyField): CostDeclaration => ({
  ...declared(getNamedType(field.type)),
  ...declared(field),
});

const isPaged = (field: AnyField): boolean => field.args.some(({ name }) => name === 'first');

/** What is written is checked, saved, remembered and read again. */
const MUTATION_WEIGHT = 10;

/** To find little may take a look at much: how much depends on the text, not on the size of the page. */
const SEARCH_WEIGHT = 100;

const INTROSPECTION_TYPES = 100;
const INTROSPECTION_LIST = 5;

/** The schema about itself: it is in memory, so what there is one of counts as nothing. */
function introspectionDeclaration(field: AnyField): CostDeclaration {
  if (!isListType(getNullableType(field.type))) return { weight: 0 };
  return { items: field.name === 'types' ? INTROSPECTION_TYPES : INTROSPECTION_LIST };
}

/** Throws when a list of objects says nothing of its length: nobody could say what a query costs. */
export function checkListSizes(schema: GraphQLSchema): void {
  const silent: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if ((!isObjectType(type) && !isInterfaceType(type)) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const isListOfObjects = isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type));
      const { items, itemsOf } = declarationOf(field);
      const isOfPage = type.name.endsWith('Connection');
      if (isListOfObjects && !isOfPage && items === undefined && !itemsOf) silent.push(`${type.name}.${field.name}`);
    }
  }
  if (silent.length > 0) {
    throw new Error(`These lists say nothing of their length: ${silent.join(', ')}. Add @Cost({ items }).`);
  }
}

/** A value in the document, as far as a size can be read from it. */
function literalValue(node: ValueNode): unknown {
  if (node.kind === Kind.INT) return Number(node.value);
  return node.kind === Kind.LIST ? node.values : undefined;
}

/** The value of an argument, as far as it can be known before anything runs. */
function argumentValue(argument: ArgumentNode | undefined, variables: Variables): unknown {
  if (!argument) return undefined;
  return argument.value.kind === Kind.VARIABLE ? variables[argument.value.name.value] : literalValue(argument.value);
}

const defaultsOf = (operation: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );

/** What a search adds, where a text to search for is given, whatever it is. */
function compileSearch(path: string | undefined, argumentNodes: readonly ArgumentNode[]): OperationCost {
  const [name, ...within] = path?.split('.') ?? [];
  const argument = argumentNodes.find((node) => node.name.value === name);
  if (!argument) return () => 0;
  return (variables) => {
    const given = within.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
      valueFromASTUntyped(argument.value, variables),
    );
    return given === undefined || given === null ? 0 : SEARCH_WEIGHT;
  };
}

/** How many entries a page has at most. One that is out of bounds is refused later. */
function pageSize(argumentNodes: readonly ArgumentNode[], variables: Variables): number {
  const given = argumentNodes
    .filter(({ name }) => name.value === 'first' || name.value === 'last')
    .map((argument) => argumentValue(argument, variables))
    .filter((value) => value !== undefined && value !== null);
  if (given.length === 0) return DEFAULT_PAGE_SIZE;
  const isSize = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < MAXIMUM_PAGE_SIZE;
  return Math.max(...given.map((value) => (isSize(value) ? Number(value) : MAXIMUM_PAGE_SIZE)));
}

/** Compiles what an operation costs, so that the same document is walked once. */
class CostCompiler {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
  ) {
    this.fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
      ),
    );
  }

  /** @param page the size of the page that the type is the connection of */
  compile(set: SelectionSetNode, type: GraphQLCompositeType, page: OperationCost | null): OperationCost {
    const parts = set.selections.map((selection) => {
      if (selection.kind === Kind.FIELD) {
        return this.compileField(selection.name.value, selection.arguments ?? [], selection.selectionSet, type, page);
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value)!;
      const on = fragment.typeCondition && this.schema.getType(fragment.typeCondition.name.value);
      return this.compile(fragment.selectionSet, (on as GraphQLCompositeType | undefined) ?? type, page);
    });
    return (variables) => parts.reduce((sum, part) => sum + part(variables), 0);
  }

  private findField(type: GraphQLCompositeType, name: string): AnyField | undefined {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return 'getFields' in type ? type.getFields()[name] : undefined;
  }

  private compileField(
    name: string,
    argumentNodes: readonly ArgumentNode[],
    set: SelectionSetNode | undefined,
    parent: GraphQLCompositeType,
    page: OperationCost | null,
  ): OperationCost {
    const field = this.findField(parent, name);
    if (!field) return () => 0; // __typename
    const type = getNamedType(field.type);
    const isComposite = isCompositeType(type);
    const declaration = isIntrospectionType(type) ? introspectionDeclaration(field) : declarationOf(field);
    const isMutation = parent === this.schema.getMutationType();
    const weight =
      (isMutation ? (declared(field).weight ?? MUTATION_WEIGHT) : declaration.weight) ?? (isComposite ? 1 : 0);
    const ownPage = isPaged(field) ? (variables: Variables) => pageSize(argumentNodes, variables) : null;
    const below = set && isComposite ? this.compile(set, type, ownPage) : () => 0;
    const size = this.compileSize(field, declaration, argumentNodes, page);
    const search = compileSearch(declaration.searchOf, argumentNodes);
    return (variables) => size(variables) * (weight + search(variables) + below(variables));
  }

  private compileSize(
    field: AnyField,
    { items, itemsOf }: CostDeclaration,
    argumentNodes: readonly ArgumentNode[],
    page: OperationCost | null,
  ): OperationCost {
    if (!isListType(getNullableType(field.type))) return () => 1;
    if (page) return page;
    if (!itemsOf) return () => items ?? 1;
    const argument = argumentNodes.find(({ name }) => name.value === itemsOf);
    return (variables) => {
      const value = argumentValue(argument, variables);
      return Array.isArray(value) ? value.length : 1;
    };
  }
}

/**
 * What an operation costs: the points of every object that the answer may hold at most. Fields that are asked for twice
 * count twice, and so do fragments of which only one can apply.
 */
export function compileCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationCost {
  const defaults = defaultsOf(operation);
  const root = schema.getRootType(operation.operation)!;
  const cost = new CostCompiler(schema, document).compile(operation.selectionSet, root, null);
  return (variables) => cost({ ...defaults, ...variables });
}
