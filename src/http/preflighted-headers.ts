/**
 * What no page of another site can send without asking first. A token is of that kind, too: there are no cookies, so a
 * request that carries who is asking was never made by a foreign form or image.
 */
export const PREFLIGHTED_HEADERS: readonly string[] = [
  'authorization',
  'apollo-require-preflight',
  'x-apollo-operation-name',
];
