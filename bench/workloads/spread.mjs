/** Numbers from 1 to `count` that are far apart, each once, so that no two requests in flight are about the same rows. */
export const spread = (place, count) => 1 + ((place * 7919) % count);
