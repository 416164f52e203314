import { beforeEach, describe, expect, test } from '@jest/globals';
import { WireCounter } from '../../../scripts/budgets/wire-counter.mjs';

const message = (type: string, body: string | Buffer = '') => {
  const bytes = Buffer.from(body);
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + bytes.length);
  return Buffer.concat([Buffer.from(type), length, bytes]);
};

const STARTUP = message('', '\0\x03\0\0user\0app\0\0');
const SYNC = message('S');
const READY = message('Z', 'I');
const parse = (name: string) => message('P', `${name}\0select 1\0\0\0`);
const run = (name: string) => Buffer.concat([message('B', `\0${name}\0`), message('E', '\0\0\0\0\0')]);
const notice = (text: string) => message('N', `SLOG\0M${text}\0\0`);

describe('what is said to Postgres', () => {
  let counter: WireCounter;
  const open = () => {
    const connection = counter.connect();
    connection.countSent(STARTUP);
    answer(connection);
    return connection;
  };
  const answer = (connection: ReturnType<WireCounter['connect']>) =>
    connection.finish(connection.takeReceived(READY).answers);

  beforeEach(() => {
    counter = new WireCounter();
  });

  test('is counted by statements, those without a name among them, and what is parsed', () => {
    open().countSent(Buffer.concat([parse('kept'), run('kept'), run(''), SYNC, message('Q', 'COMMIT\0')]));
    expect(counter).toMatchObject({ connections: 1, statements: 3, unnamedStatements: 2, parses: 1 });
  });

  test('is understood in whatever pieces it arrives', () => {
    const connection = counter.connect();
    for (const byte of Buffer.concat([STARTUP, parse('kept'), run('kept'), SYNC]))
      connection.countSent(Buffer.from([byte]));
    expect(counter).toMatchObject({ statements: 1, unnamedStatements: 0, parses: 1 });
  });

  test('takes a round trip for each time that an answer is waited for', () => {
    const connection = open();
    for (let turn = 0; turn < 3; turn++) {
      connection.countSent(Buffer.concat([run('kept'), SYNC]));
      answer(connection);
    }
    expect(counter.roundTrips).toBe(1 + 3);
  });

  test('takes one round trip for all that is asked without waiting, on one connection or two', () => {
    const [one, other] = [open(), open()];
    const before = counter.roundTrips;
    for (const connection of [one, one, other]) connection.countSent(Buffer.concat([run('kept'), SYNC]));
    for (const connection of [one, one, other]) answer(connection);
    expect(counter.roundTrips - before).toBe(1);
  });

  test('takes a second one for what is asked after the first answer, while another is still to come', () => {
    const [one, other] = [open(), open()];
    const before = counter.roundTrips;
    for (const connection of [one, other]) connection.countSent(Buffer.concat([run('kept'), SYNC]));
    answer(one);
    one.countSent(Buffer.concat([run('kept'), SYNC]));
    answer(other);
    answer(one);
    expect(counter.roundTrips - before).toBe(2);
  });

  test('is told of plans, which go no further, while other notices do', () => {
    const other = notice('careful');
    const { bytes } = open().takeReceived(
      Buffer.concat([notice('duration: 0.012 ms  plan:\n{"Plan":{}}'), other, READY]),
    );
    expect(counter.plans).toEqual([{ Plan: {} }]);
    expect(bytes).toEqual(Buffer.concat([other, READY]));
  });
});
