import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newIdentifier } from '../../src/shared/identifier.js';
import { decodeTypedId, encodeTypedId } from '../../src/shared/typed-id.js';

const uuids = fc.uuid({ version: [1, 4, 7] });
const prefixes = fc.stringMatching(/^[a-z](?:[a-z_]{0,30}[a-z])?$/);

/** The specification in one line: the UUID as a number, in Crockford's base 32, 26 digits wide. */
const spell = (uuid: string): string =>
  BigInt(`0x${uuid.replaceAll('-', '')}`)
    .toString(32)
    .padStart(26, '0')
    .replaceAll(/./g, (digit) => '0123456789abcdefghjkmnpqrstvwxyz'[Number.parseInt(digit, 32)]!);

describe('the vectors of the TypeID specification', () => {
  test.each([
    ['prefix', '01890a5d-ac96-774b-bcce-b302099a8057', '01h455vb4pex5vsknk084sn02q'],
    ['prefix', '0110c853-1d09-52d8-d73e-1194e95b5f19', '0123456789abcdefghjkmnpqrs'],
    ['nil', '00000000-0000-0000-0000-000000000000', '00000000000000000000000000'],
    ['one', '00000000-0000-0000-0000-000000000001', '00000000000000000000000001'],
    ['ten', '00000000-0000-0000-0000-00000000000a', '0000000000000000000000000a'],
    ['sixteen', '00000000-0000-0000-0000-000000000010', '0000000000000000000000000g'],
    ['thirty_two', '00000000-0000-0000-0000-000000000020', '00000000000000000000000010'],
    ['max', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
  ])('%s, %s is ..._%s', (prefix, identifier, suffix) => {
    expect(encodeTypedId(prefix, identifier)).toBe(`${prefix}_${suffix}`);
    expect(decodeTypedId(`${prefix}_${suffix}`)).toEqual({ prefix, identifier });
  });

  test.each([
    ['more than 128 bits', 'prefix_8zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['more than 128 bits by far', 'prefix_zzzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['upper case', 'prefix_01H455VB4PEX5VSKNK084SN02Q'],
    ['one digit too few', 'prefix_1234567890123456789012345'],
    ['one digit too many', 'prefix_123456789012345678901234567'],
    ['letters that are no digits', 'prefix_ooooooiiiiiiuuuuuuulllllll'],
    ['the letter u', 'prefix_01h455vb4pex5vsknk084sn0uq'],
    ['hyphens', 'prefix_1234-5678901234567890-2345'],
    ['a space in front', 'prefix_ 1h455vb4pex5vsknk084sn02q'],
    ['a line break behind', 'prefix_01h455vb4pex5vsknk084sn02\n'],
    ['characters outside the basic plane', `prefix_${'😀'.repeat(13)}`],
    ['no prefix', '_01h455vb4pex5vsknk084sn02q'],
    ['no separator', '01h455vb4pex5vsknk084sn02q'],
    ['nothing but a prefix', 'prefix_'],
    ['nothing', ''],
    ['a UUID', '01890a5d-ac96-774b-bcce-b302099a8057'],
  ])('%s is no id', (_, text) => {
    expect(decodeTypedId(text)).toBeNull();
  });
});

test('an id is the number of the UUID in base 32', () => {
  fc.assert(
    fc.property(prefixes, uuids, (prefix, uuid) => {
      expect(encodeTypedId(prefix, uuid)).toBe(`${prefix}_${spell(uuid)}`);
    }),
  );
});

test('whatever is encoded is decoded to the same', () => {
  fc.assert(
    fc.property(prefixes, uuids, (prefix, identifier) => {
      expect(decodeTypedId(encodeTypedId(prefix, identifier))).toEqual({ prefix, identifier });
    }),
  );
});

test('no text is read as an id that would be written differently', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzABC-_'), minLength: 26 });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        digits.map((text) => `plan_${text.slice(0, 26)}`),
      ),
      (text) => {
        const decoded = decodeTypedId(text);
        if (decoded !== null) expect(encodeTypedId(decoded.prefix, decoded.identifier)).toBe(text);
      },
    ),
    { numRuns: 500 },
  );
});

test('ids sort like their UUIDs', () => {
  fc.assert(
    fc.property(uuids, uuids, (first, second) => {
      expect(encodeTypedId('plan', first) < encodeTypedId('plan', second)).toBe(first < second);
    }),
  );
});

test('ids sort by the time of their creation', () => {
  const instants = fc.integer({ min: 0, max: 2 ** 48 - 2 });
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 10_000 }), (milliseconds, later) => {
      const after = Math.min(milliseconds + later, 2 ** 48 - 1);
      const [first, second] = [milliseconds, after].map((time) => encodeTypedId('plan', newIdentifier(new Date(time))));
      expect(first! < second!).toBe(true);
    }),
  );
});
