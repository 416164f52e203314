import {
  type ASTNode,
  BREAK,
  coerceInputValue,
  type DocumentNode,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  Kind,
  typeFromAST,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

/** Where a value stands: the argument or the variable, and the way from there to the value. */
export type InputPath = readonly string[];

/** The errors of graphql-js about an argument that is not there; there is no node to go by. */
const MISSING_ARGUMENT = /^(?:(?:Field|Directive) "[@\w.]+" argument|Argument) "(\w+)" of (?:required )?type /;

/** Its errors about a field of an input object that is not there, or that the type does not have; they point at the object. */
const FIELD_OF_OBJECT =
  /^Field "(?:\w+\.)?(\w{1,100})" (?:of required type "[^"]+" was not provided|is not defined by type)/;

const fieldOfObject = (message: string): InputPath => FIELD_OF_OBJECT.exec(message)?.slice(1) ?? [];

/** Where graphql-js stops naming what is wrong with variables. */
const TOO_MANY = 'Too many errors processing variables';

/** As many as graphql-js names at most. */
const MOST_ERRORS = 50;

/**
 * Where in the arguments of its field, or in the default of a variable, a node stands; empty when it stands in none.
 * @param keys the way to the node from the root of its document
 */
export function pathAlong(document: DocumentNode, keys: readonly (string | number)[]): InputPath {
  let path: string[] = [];
  let place = document as unknown as Record<string | number, unknown>;
  keys.forEach((key, step) => {
    place = place[key] as typeof place;
    const node = place as unknown as ASTNode;
    if (node.kind === Kind.ARGUMENT) path = [node.name.value];
    if (node.kind === Kind.VARIABLE_DEFINITION) path = [node.variable.name.value];
    if (node.kind === Kind.OBJECT_FIELD) path.push(node.name.value);
    if (keys[step - 1] === 'values') path.push(String(key));
  });
  return path;
}

/** Where each of some nodes stands, found in one walk over the document, however many they are. */
function pathsOfNodes(document: DocumentNode, wanted: ReadonlySet<ASTNode>): Map<ASTNode, InputPath> {
  const paths = new Map<ASTNode, InputPath>();
  visit(document, {
    enter(node, _key, _parent, keys) {
      if (paths.size === wanted.size) return BREAK;
      if (wanted.has(node)) paths.set(node, pathAlong(document, keys));
      return undefined;
    },
  });
  return paths;
}

/** Of an error about many nodes, such as one name given many times, the first few say where it is. */
const nodesOf = ({ nodes = [] }: GraphQLError): readonly ASTNode[] => nodes.slice(0, 3);

class EnoughErrors extends Error {}

/** What graphql-js finds wrong within the value of one variable, in the order in which it says so. */
function pathsInVariable(schema: GraphQLSchema, definition: VariableDefinitionNode, value: unknown): InputPath[] {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type) as GraphQLInputType | undefined;
  if (!type || value === undefined || value === null) return [[name]];
  const paths: InputPath[] = [];
  try {
    coerceInputValue(value, type, (path, _, { message }) => {
      paths.push([name, ...path.map(String), ...fieldOfObject(message)]);
      if (paths.length === MOST_ERRORS) throw new EnoughErrors(); // as graphql-js does: there may be as many as values
    });
  } catch (error) {
    if (!(error instanceof EnoughErrors)) throw error;
  }
  return paths;
}

/** Finds for the errors of one request where the value is that each is about. */
export class InputPathFinder {
  private readonly ofVariables = new Map<VariableDefinitionNode, InputPath[]>();
  private readonly ofNodes: ReadonlyMap<ASTNode, InputPath>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
    errors: readonly GraphQLError[],
  ) {
    this.ofNodes = pathsOfNodes(document, new Set(errors.flatMap(nodesOf)));
  }

  private latest: InputPath = [];

  /** Empty when the error is not about a value. The errors of a request come in their order. */
  find(error: GraphQLError): InputPath {
    this.latest = this.pathOf(error);
    return this.latest;
  }

  private pathOf(error: GraphQLError): InputPath {
    const { nodes = [], message } = error;
    if (message.startsWith(TOO_MANY)) return this.latest.slice(0, 1); // it says no more than that it stopped
    const missing = MISSING_ARGUMENT.exec(message)?.[1];
    if (missing) return [missing];
    const [first] = nodes;
    if (first?.kind === Kind.VARIABLE_DEFINITION && nodes.length === 1) return this.nextInVariable(first);
    const paths = nodesOf(error).map((node) => this.ofNodes.get(node) ?? []);
    const path = paths.find((candidate) => candidate.length > 0) ?? [];
    return first?.kind === Kind.OBJECT ? [...path, ...fieldOfObject(message)] : path;
  }

  private nextInVariable(definition: VariableDefinitionNode): InputPath {
    const name = definition.variable.name.value;
    const left = this.ofVariables.get(definition) ?? pathsInVariable(this.schema, definition, this.variables[name]);
    this.ofVariables.set(definition, left);
    return left.shift() ?? [name];
  }
}
