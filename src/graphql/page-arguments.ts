import { ArgsType, Field, Int } from 'type-graphql';
import type { PageRequest } from '../shared/page.js';
import { badUserInput } from './errors.js';

export const DEFAULT_PAGE_SIZE = 20;
export const MAXIMUM_PAGE_SIZE = 100;

/** The arguments of every connection. */
@ArgsType()
export class PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'The first so many entries, 1 to 100; 20 when neither `first` nor `last` is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Entries after this cursor. Goes with `first`.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'The last so many entries, 1 to 100. Not together with `first`.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Entries before this cursor. Goes with `last`.' })
  before?: string | null;
}

/** @throws BAD_USER_INPUT when the arguments do not fit each other or are out of bounds */
export function pageRequest({ first, after, last, before }: PageArguments): PageRequest {
  const backward = last != null;
  if (backward && first != null) throw badUserInput('Give either `first` or `last`, not both.', ['last']);
  if (backward && after != null) throw badUserInput('`after` goes with `first`; with `last` use `before`.', ['after']);
  if (!backward && before != null)
    throw badUserInput('`before` goes with `last`; with `first` use `after`.', ['before']);
  const size = (backward ? last : first) ?? DEFAULT_PAGE_SIZE;
  if (size < 1 || size > MAXIMUM_PAGE_SIZE) {
    const name = backward ? 'last' : 'first';
    throw badUserInput(`\`${name}\` must be from 1 to ${MAXIMUM_PAGE_SIZE}; it is ${size}.`, [name]);
  }
  return { size, backward, cursor: (backward ? before : after) ?? null };
}
