import { type ClassType, Field, ObjectType } from 'type-graphql';
import type { Page, PageEntry } from '../shared/page.js';
import { Access } from './access.js';
import { Cost } from './cost.js';

@Access('PART')
@Cost({ weight: 0 })
@ObjectType('PageInfo', { description: 'Where a page lies in its list.' })
export class PageInfoType {
  @Field({ description: 'Whether more entries follow. When paging backward: whether a cursor was given.' })
  hasNextPage: boolean;

  @Field({ description: 'Whether entries come before. When paging forward: whether a cursor was given.' })
  hasPreviousPage: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first entry of the page; null when it is empty.',
  })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last entry of the page; null when it is empty.',
  })
  endCursor: string | null;
}

export interface Edge<Item> {
  node: Item;
  cursor: string;
}

export interface Connection<Item> {
  edges: Edge<Item>[];
  nodes: Item[];
  pageInfo: PageInfoType;
}

/** The connection type of a list, by the Relay specification, with `nodes` as a shortcut for clients that need no cursors. */
export function connectionType<Item extends object>(
  name: string,
  itemType: () => ClassType<Item>,
  things: string,
): ClassType<Connection<Item>> {
  @Access('PART')
  @Cost({ weight: 0 })
  @ObjectType(`${name}Edge`, { description: `One of the ${things} of a page, with its place in the list.` })
  class EdgeType implements Edge<Item> {
    @Field(itemType, { description: 'The entry itself.' })
    node: Item;

    @Field({ description: 'The place of the entry, for `after` and `before`. Opaque.' })
    cursor: string;
  }

  @Access('PART')
  @ObjectType(`${name}Connection`, { description: `A page of ${things}.` })
  class ConnectionType implements Connection<Item> {
    @Field(() => [EdgeType], { description: 'The entries with their cursors, in the order of the list.' })
    edges: EdgeType[];

    @Field(() => [itemType()], { description: 'The entries without cursors, in the order of the list.' })
    nodes: Item[];

    @Field(() => PageInfoType, { description: 'Where the page lies in the list.' })
    pageInfo: PageInfoType;
  }
  return ConnectionType;
}

/** An entry of a page by the names of the Relay specification. */
class PageEdge<Item> implements Edge<Item> {
  constructor(private readonly entry: PageEntry<Item>) {}

  get node(): Item {
    return this.entry.item;
  }

  get cursor(): string {
    return this.entry.cursor;
  }
}

/** A page by the names of the Relay specification. Each part is made when it is asked for, and kept: a field may be looked at often. */
class PageConnection<Item> implements Connection<Item> {
  private edgesMade?: Edge<Item>[];
  private nodesMade?: Item[];
  private pageInfoMade?: PageInfoType;

  constructor(private readonly page: Page<Item>) {}

  get edges(): Edge<Item>[] {
    this.edgesMade ??= this.page.entries.map((entry) => new PageEdge(entry));
    return this.edgesMade;
  }

  get nodes(): Item[] {
    this.nodesMade ??= this.page.entries.map(({ item }) => item);
    return this.nodesMade;
  }

  get pageInfo(): PageInfoType {
    const { entries, hasNextPage, hasPreviousPage } = this.page;
    this.pageInfoMade ??= {
      hasNextPage,
      hasPreviousPage,
      startCursor: entries[0]?.cursor ?? null,
      endCursor: entries.at(-1)?.cursor ?? null,
    };
    return this.pageInfoMade;
  }
}

export const toConnection = <Item>(page: Page<Item>): Connection<Item> => new PageConnection(page);
