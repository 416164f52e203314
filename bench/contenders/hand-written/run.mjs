/** Runs a statement that Postgres parses once on each connection. */
export async function run(client, name, text, values) {
  const { rows } = await client.query({ name, text, values });
  return rows;
}
