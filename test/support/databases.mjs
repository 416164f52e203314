import pg from 'pg';

/** The connection string of another database on the same server. */
export function urlOfDatabase(serverUrl, name) {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs one statement on the server. */
export async function onServer(serverUrl, statement) {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export const createDatabase = (serverUrl, name, template = 'template1') =>
  onServer(serverUrl, `create database ${name} template ${template}`);

export const dropDatabase = (serverUrl, name) => onServer(serverUrl, `drop database if exists ${name} with (force)`);
