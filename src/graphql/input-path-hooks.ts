import { InputPathFinder } from './input-path.js';
import type { RequestHooks } from './request-hooks.js';

/** Says of every error about a value where that value is, also of those that graphql-js has raised itself. */
export function inputPathHooks(): RequestHooks {
  return {
    async didEncounterErrors({ errors, schema, document, request }) {
      if (!document) return; // it did not parse
      const finder = new InputPathFinder(schema, document, request.variables ?? {}, errors);
      for (const error of errors) {
        if ('inputPath' in error.extensions) continue;
        const path = finder.find(error);
        if (path.length > 0) error.extensions['inputPath'] = path;
      }
    },
  };
}
