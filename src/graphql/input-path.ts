import {
  type ASTNode,
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

function pathOfNode(document: DocumentNode, wanted: ASTNode): InputPath {
  let path: InputPath = [];
  visit(document, {
    enter(node, _key, _parent, keys) {
      if (node === wanted) path = pathAlong(document, keys);
    },
  });
  return path;
}

/** What graphql-js finds wrong within the value of one variable, in the order in which it says so. */
function pathsInVariable(schema: GraphQLSchema, definition: VariableDefinitionNode, value: unknown): InputPath[] {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type) as GraphQLInputType | undefined;
  if (!type || value === undefined || value === null) return [[name]];
  const paths: InputPath[] = [];
  coerceInputValue(value, type, (path) => {
    if (paths.length < MOST_ERRORS) paths.push([name, ...path.map(String)]);
  });
  return paths;
}

/** Finds for the errors of one request where the value is that each is about. */
export class InputPathFinder {
  private readonly ofVariables = new Map<VariableDefinitionNode, InputPath[]>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  private latest: InputPath = [];

  /** Empty when the error is not about a value. The errors of a request come in their order. */
  find(error: GraphQLError): InputPath {
    this.latest = this.pathOf(error);
    return this.latest;
  }

  private pathOf({ nodes = [], message }: GraphQLError): InputPath {
    if (message.startsWith(TOO_MANY)) return this.latest.slice(0, 1); // it says no more than that it stopped
    const missing = MISSING_ARGUMENT.exec(message)?.[1];
    if (missing) return [missing];
    const [first] = nodes;
    if (first?.kind === Kind.VARIABLE_DEFINITION && nodes.length === 1) return this.nextInVariable(first);
    const paths = nodes.map((node) => pathOfNode(this.document, node));
    return paths.find((path) => path.length > 0) ?? [];
  }

  private nextInVariable(definition: VariableDefinitionNode): InputPath {
    const name = definition.variable.name.value;
    const left = this.ofVariables.get(definition) ?? pathsInVariable(this.schema, definition, this.variables[name]);
    this.ofVariables.set(definition, left);
    return left.shift() ?? [name];
  }
}
