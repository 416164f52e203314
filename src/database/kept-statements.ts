/** What pg does not publish of a connection, as far as it is about statements that Postgres keeps. */
export interface KeepingConnection {
  close(message: { type: 'S'; name: string }): void;
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
  /** The names of the statements that Postgres keeps for this connection, the one used longest ago first. */
  keptStatements?: Set<string>;
}

/** A plan under row-level security takes Postgres some hundred kilobytes, for each connection. */
export const MAXIMUM_KEPT_STATEMENTS = 250;

/**
 * Takes note that a statement is used. Where Postgres would keep too many, the one used longest ago goes: what a statement
 * says follows from what is asked, and nobody is to fill the memory of Postgres by asking for ever new things.
 * To be called before the statement is sent, whose Sync the closing of another one shares.
 */
export function keepStatement(connection: KeepingConnection, name: string): void {
  connection.keptStatements ??= new Set();
  const kept = connection.keptStatements;
  kept.delete(name);
  kept.add(name);
  if (kept.size <= MAXIMUM_KEPT_STATEMENTS) return;
  const oldest = kept.values().next().value!;
  kept.delete(oldest);
  connection.close({ type: 'S', name: oldest });
  delete connection.parsedStatements[oldest];
  delete connection.submittedNamedStatements[oldest];
}
