import { statementName } from './statement-name.js';

/** From which time on a statement is worth that each connection plans it: that takes longer than to run it some times. */
export type ReadAhead = 'NEVER' | 'FIRST_TIME' | 'SECOND_TIME';

/** So many statements of different texts are remembered at once. */
const REMEMBERED = 1_000;

/** Which statements have been wanted before. */
export class WantedStatements {
  private readonly names = new Set<string>();

  constructor(private readonly from: ReadAhead) {}

  isWorthPlanning(text: string): boolean {
    if (this.from !== 'SECOND_TIME') return this.from === 'FIRST_TIME';
    const name = statementName(text);
    if (this.names.has(name)) return true;
    if (this.names.size === REMEMBERED) this.names.clear();
    this.names.add(name);
    return false;
  }
}
