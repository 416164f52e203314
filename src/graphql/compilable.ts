import {
  type ASTNode,
  BREAK,
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Each more doubles how many ways there are to run an operation. */
const MOST_CONDITIONS = 3;

/** Wherever they are spread. Several times what a page asks for: to compile one takes a tenth of a millisecond. */
const MOST_FIELDS = 250;

/** What there is to know of an operation that can be compiled. */
export interface Compilable {
  /** The names of the variables that decide which parts of it run. */
  conditions: readonly string[];
  /** How much there is to compile at most: its fields, in each of the ways that they decide on. */
  fields: number;
}

/** The variables that the conditions of @skip and @include depend on. */
function variablesOf(directives: readonly DirectiveNode[]): string[] {
  return directives.flatMap(({ arguments: given = [] }) =>
    given.flatMap(({ value }) => (value.kind === Kind.VARIABLE ? [value.name.value] : [])),
  );
}

/** Names that end up as parts of the names of compiled code, where they could be taken for others, or as those of prototypes. */
const isMisleading = (name: string): boolean => name.includes('_');

/** Mutations run one after the other, and what comes after one that failed does not run: the compiler goes on. */
function hasOneRootField({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  return selections.length === 1 && selections[0]!.kind === Kind.FIELD;
}

function holdsVariable(value: ASTNode): boolean {
  let found = false;
  visit(value, {
    Variable: () => {
      found = true;
      return BREAK;
    },
  });
  return found;
}

/** Whether the compiler would make something else of a part of a document than graphql-js does. */
function isTakenOtherwise(node: ASTNode): boolean {
  if (node.kind === Kind.FIELD) return node.alias !== undefined && isMisleading(node.alias.value);
  if (node.kind === Kind.VARIABLE_DEFINITION) return isMisleading(node.variable.name.value);
  // A variable within them that was not given would become null, which clears what should stay.
  return (node.kind === Kind.OBJECT || node.kind === Kind.LIST) && holdsVariable(node);
}

/** Null where the compiler would answer otherwise. */
function conditionsOf(document: DocumentNode): Set<string> | null {
  const conditions = new Set<string>();
  let isAlike = true;
  visit(document, {
    enter(node) {
      if (isTakenOtherwise(node)) isAlike = false;
      if ('directives' in node) for (const name of variablesOf(node.directives ?? [])) conditions.add(name);
      return isAlike ? undefined : BREAK;
    },
  });
  return isAlike ? conditions : null;
}

/** How many fields an operation has, fragments spread. The document is valid: no fragment leads back to itself. */
function countFields(document: DocumentNode, { selectionSet }: OperationDefinitionNode): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  let count = 0;
  const add = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (count > MOST_FIELDS) return;
      if (selection.kind === Kind.FIELD) count++;
      add(selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection.selectionSet);
    }
  };
  add(selectionSet);
  return count;
}

/** How an operation can be compiled; null where that takes too long, or would answer otherwise than graphql-js. */
export function compilableOf(document: DocumentNode, operation: OperationDefinitionNode): Compilable | null {
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) return null;
  if (operation.operation === OperationTypeNode.MUTATION && !hasOneRootField(operation)) return null;
  const conditions = conditionsOf(document);
  const fields = countFields(document, operation);
  if (!conditions || conditions.size > MOST_CONDITIONS || fields > MOST_FIELDS) return null;
  return { conditions: [...conditions], fields: fields * 2 ** conditions.size };
}
