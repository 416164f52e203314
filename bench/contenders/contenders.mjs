import { bare } from './bare/contender.mjs';
import { mercurius, yoga } from './hand-written/contenders.mjs';
import { ours } from './ours/contender.mjs';
import { plain } from './plain/contender.mjs';
import { postgraphile } from './postgraphile/contender.mjs';

/** By the names that the command line has for them; a contender's own name is the one that people read. */
export const contenders = { ours, bare, postgraphile, mercurius, yoga, plain };

/** What all others are compared with. */
export const limit = bare;
