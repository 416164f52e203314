import { HoldingClient } from './holding-client.js';
import { statementName } from './statement-name.js';

/** A connection that gives names to the statements of TypeORM, which has none for them. */
export class NamingClient extends HoldingClient {
  protected override nameOf(text: string): string {
    return statementName(text);
  }
}
