/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '@swc/jest' },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  globalSetup: './test/support/global-setup.mjs',
  globalTeardown: './test/support/global-teardown.mjs',
  testTimeout: 60_000,
  // Each core its own, also where there are two: the tests wait for Postgres as much as they compute.
  maxWorkers: '100%',
  // What tests leave behind in the memory of a worker is not carried through the whole run.
  workerIdleMemoryLimit: '1GB',
  // A test that fails halfway may leave a service open: the run ends all the same.
  forceExit: true,
};
