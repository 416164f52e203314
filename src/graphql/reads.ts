import { Extensions } from 'type-graphql';
import type { PageRequest } from '../shared/page.js';
import type { LoaderName, RequestContext } from './context.js';

/** What a field asks a loader for. */
export interface FieldRead {
  /** The loader, or which one, by what is selected below the field. */
  loader: LoaderName | ((selects: (coordinates: ReadonlySet<string>) => boolean) => LoaderName);
  /** Of a field below something that is read: the link that leads from there to the keys; `links` of the source names it. */
  by?: string;
  /** Of a field that nothing is read for before: its key; null where there is none. It may throw what the resolver throws. */
  key?(context: RequestContext, args: Record<string, unknown>): string | null;
  /** Of a list: the page, or that the arguments of the field say which. */
  page?: PageRequest | 'ARGUMENTS';
}

/**
 * Says what the resolver of a field asks a loader for, so that it is read in one statement with what leads to it. The resolver
 * asks all the same: what is not said, or not right, costs time and changes no answer. See docs/adr/0015.
 */
export const Reads = (read: FieldRead): MethodDecorator & PropertyDecorator => Extensions({ reads: read });
