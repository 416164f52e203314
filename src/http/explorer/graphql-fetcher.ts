import type { GraphiQLProps } from 'graphiql';

/** Sends what GraphiQL asks for, as whoever is chosen at that moment. */
export function createGraphqlFetcher(readToken: () => string | null): GraphiQLProps['fetcher'] {
  return async (request) => {
    const token = readToken();
    // The schema is open to all, so that a wrong token does not take the documentation away.
    const signedIn = token !== null && request.operationName !== 'IntrospectionQuery';
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(signedIn && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(request),
    });
    return response.json();
  };
}
