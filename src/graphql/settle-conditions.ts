import {
  type DocumentNode,
  type FieldNode,
  type FragmentSpreadNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  visit,
} from 'graphql';

type Conditional = FieldNode | FragmentSpreadNode | InlineFragmentNode;

function isIncluded(node: Conditional, variables: Readonly<Record<string, unknown>>): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}

/**
 * The document without what its @skip and @include leave out for these variables, and without them. The compiler has rules of its
 * own for them, by which a fragment that is spread twice has the conditions of the first place.
 */
export function settleConditions(document: DocumentNode, variables: Readonly<Record<string, unknown>>): DocumentNode {
  const settle = <Node extends Conditional>(node: Node): Node | null | undefined => {
    if (!node.directives?.length) return undefined;
    return isIncluded(node, variables) ? { ...node, directives: [] } : null;
  };
  return visit(document, { Field: settle, FragmentSpread: settle, InlineFragment: settle });
}
