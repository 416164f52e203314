import type { Identifier } from './identifier.js';

/** Names a thing that the HRIS owns, by our id or by the id that it has there. */
export type Reference = { id: Identifier } | { externalId: string };
