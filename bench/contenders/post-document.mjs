/** The request of a workload to whoever has the fields of our schema. */
export function postDocument({ query, variablesOf }, subject, headers) {
  const bodyOf = () => JSON.stringify({ query, variables: variablesOf?.(subject) });
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    // What has no variables is written once, so that the load costs as little as can be.
    body: variablesOf ? bodyOf : bodyOf(),
  };
}
