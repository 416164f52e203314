export interface CountedConnection {
  countSent(chunk: Buffer): void;
  takeReceived(chunk: Buffer): { bytes: Buffer; answers: number };
  finish(answers: number): void;
}

export class WireCounter {
  connections: number;
  statements: number;
  unnamedStatements: number;
  parses: number;
  roundTrips: number;
  plans: object[];
  connect(): CountedConnection;
}
