import { type ASTNode, type DocumentNode, type GraphQLError, Kind, locatedError, visit } from 'graphql';
import { ClientGoneError } from '../shared/client-gone.js';
import { OutageError } from '../shared/outage.js';

/**
 * Whether graphql-js would have told of exactly these errors: of one that a resolver threw. Of several it leaves out those in
 * whose place there is nothing any longer, and has an order of its own.
 */
export const areToldAlike = (errors: readonly GraphQLError[]): boolean =>
  errors.length === 1 && errors[0]!.originalError !== undefined;

/** Whether to ask once more would be to wait once more for what does not answer. */
export const isOutage = ({ originalError }: GraphQLError): boolean =>
  originalError instanceof OutageError || originalError instanceof ClientGoneError;

const placeKey = (line: number, column: number): string => `${line}:${column}`;

/** The outermost nodes of a document by where they begin. */
function nodesByPlace(document: DocumentNode): Map<string, ASTNode> {
  const nodes = new Map<string, ASTNode>();
  visit(document, {
    enter(node) {
      if (!node.loc || node.kind === Kind.DOCUMENT) return;
      const { line, column } = node.loc.startToken;
      if (!nodes.has(placeKey(line, column))) nodes.set(placeKey(line, column), node);
    },
  });
  return nodes;
}

/** The errors of compiled code, which know where they are but not of what, as graphql-js makes them. */
export function locateErrors(errors: readonly GraphQLError[], document: DocumentNode): GraphQLError[] {
  const nodes = nodesByPlace(document);
  return errors.map(({ message, locations = [], path, originalError }) => {
    const about = locations.flatMap(({ line, column }) => nodes.get(placeKey(line, column)) ?? []);
    // What has no cause is an answer that does not fit the schema: a failure, as graphql-js sees it.
    return locatedError(originalError ?? new Error(message), about, path);
  });
}
