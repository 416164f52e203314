import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { isConceivable } from '../shared/access.js';
import { decodeTypedId } from '../shared/typed-id.js';
import { Access } from './access.js';
import type { RequestContext } from './context.js';
import { Cost } from './cost.js';
import { badUserInput } from './errors.js';
import { NodeInterface, type NodeKind } from './node.js';

const MAXIMUM_NODES = 100;

/** The resolver of `node` and `nodes` over the kinds of nodes that the features bring. */
export function nodeResolver(kinds: readonly NodeKind[]): new () => object {
  const kindOfPrefix = new Map(kinds.map((kind) => [kind.prefix, kind]));

  async function load(id: string, context: RequestContext, inputPath: (string | number)[]) {
    const decoded = decodeTypedId(id);
    const kind = decoded && kindOfPrefix.get(decoded.prefix);
    if (!decoded || !kind) throw badUserInput(`"${id.slice(0, 60)}" is not an id of this service.`, inputPath);
    if (!isConceivable(kind.subject, context.viewer)) return null; // what one may not see does not exist
    const node = await kind.load(decoded.identifier, context);
    return node && { ...node, __typename: kind.typename };
  }

  @Resolver()
  class NodeResolver {
    @Access('VIEWER')
    @Query(() => NodeInterface, {
      nullable: true,
      description: 'Whatever has this id; null when there is nothing, or you may not see it.',
    })
    node(
      @Arg('id', () => ID, { description: 'The id of anything.' }) id: string,
      @Ctx() context: RequestContext,
    ): Promise<object | null> {
      return load(id, context, ['id']);
    }

    @Access('VIEWER')
    @Cost({ itemsOf: 'ids' })
    @Query(() => [NodeInterface], {
      nullable: 'items',
      description: 'What has these ids, in their order, null where there is nothing. At most 100.',
    })
    async nodes(
      @Arg('ids', () => [ID], { description: 'The ids of anything, 100 at most.' }) ids: string[],
      @Ctx() context: RequestContext,
    ): Promise<(object | null)[]> {
      if (ids.length > MAXIMUM_NODES) {
        throw badUserInput(`Ask for at most ${MAXIMUM_NODES} ids; these are ${ids.length}.`, ['ids']);
      }
      return Promise.all(ids.map((id, place) => load(id, context, ['ids', place])));
    }
  }
  return NodeResolver;
}
