const idAsIs = (_, id) => id;

/**
 * The request of a workload to whoever has the fields of our schema.
 * @param idOf how ids are written, given what they are of and how Postgres has them
 */
export function postDocument({ query, variablesOf }, subject, headers, idOf = idAsIs) {
  const bodyOf = () => JSON.stringify({ query, variables: variablesOf?.(subject, idOf) });
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    // What has no variables is written once, so that the load costs as little as can be.
    body: variablesOf ? bodyOf : bodyOf(),
  };
}
