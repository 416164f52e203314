import { expect, test } from '@jest/globals';
import { isObjectType } from 'graphql';
import type { JointLoader } from '../../src/database/read-part.js';
import { buildSchema } from '../../src/graphql/build-schema.js';
import type { FieldRead } from '../../src/graphql/reads.js';
import { createLoaders } from '../../src/loaders.js';
import { resolvers } from '../../src/resolvers.js';

/** A declaration that nothing answers to changes no answer, so nobody would see it: what it was to save would be lost. */

const schema = buildSchema(resolvers);
const loaders = createLoaders({
  viewer: null,
  accessSettings: { indirectManagersReadPlans: true },
  audit: null,
  read: () => Promise.reject(new Error('Nothing is read here.')),
}) as unknown as Record<string, JointLoader | undefined>;

const declared = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, extensions }) => {
      const read = extensions['reads'] as FieldRead | undefined;
      return read ? [{ coordinate: `${type.name}.${name}`, read }] : [];
    }),
  );

const namesOf = ({ loader }: FieldRead): string[] =>
  typeof loader === 'string' ? [loader] : [true, false].map((selects) => loader(() => selects));

/** The loaders whose items lead somewhere by a link of that name. */
const leading = (name: string): string[] =>
  Object.keys(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(loaders))).filter(
    (loader) => typeof loaders[loader]?.linkOf === 'function' && loaders[loader].linkOf(name) !== undefined,
  );

test('fields declare what they read', () => {
  expect(declared.length).toBeGreaterThan(15);
});

test.each(declared)(
  '$coordinate declares loaders that a joint read can ask, and a link that leads to them',
  ({ read }) => {
    for (const name of namesOf(read)) expect(loaders[name]?.openPart).toBeInstanceOf(Function);
    if (read.by === undefined) expect(read.key).toBeInstanceOf(Function);
    else expect(leading(read.by)).not.toEqual([]);
  },
);
