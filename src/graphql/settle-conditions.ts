import { type DocumentNode, type SelectionNode, visit } from 'graphql';
import { isIncluded } from './is-included.js';

/**
 * The document without what its @skip and @include leave out for these variables, and without them. The compiler has rules of its
 * own for them, by which a fragment that is spread twice has the conditions of the first place.
 */
export function settleConditions(document: DocumentNode, variables: Readonly<Record<string, unknown>>): DocumentNode {
  const settle = <Node extends SelectionNode>(node: Node): Node | null | undefined => {
    if (!node.directives?.length) return undefined;
    return isIncluded(node, variables) ? { ...node, directives: [] } : null;
  };
  return visit(document, { Field: settle, FragmentSpread: settle, InlineFragment: settle });
}
