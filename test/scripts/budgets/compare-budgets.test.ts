import { describe, expect, test } from '@jest/globals';
import { compareBudgets, type PhaseNumbers } from '../../../scripts/budgets/compare-budgets.mjs';

const NUMBERS = { statements: 2, buffers: 100, allocatedKilobytes: 600 };

const recorded = {
  node: 20,
  tolerances: { buffers: 0.05, allocatedKilobytes: 0.1 },
  workloads: { 'my-plan': { again: NUMBERS } },
};

const measured = (numbers: PhaseNumbers, node = 20) => ({
  node,
  workloads: { 'my-plan': { again: { ...NUMBERS, ...numbers } } },
});

const textsOf = (now: Parameters<typeof compareBudgets>[1]) => compareBudgets(recorded, now).map(({ text }) => text);

describe('budgets', () => {
  test('hold where all is as recorded', () => {
    expect(compareBudgets(recorded, measured({}))).toEqual([]);
  });

  test('name the workload, the number, what was recorded and what is now', () => {
    expect(compareBudgets(recorded, measured({ statements: 3 }))).toEqual([
      { workload: 'my-plan', phase: 'again', text: 'my-plan, again: statements was 2 and is 3 now, which is more.' },
    ]);
  });

  test('want what is better to be recorded, else nobody would notice when it is lost', () => {
    expect(textsOf(measured({ statements: 1 }))).toEqual([
      'my-plan, again: statements was 2 and is 1 now, which is better: record it, so that it stays.',
    ]);
  });

  test('allow a number what its tolerance says, and no more, up and down', () => {
    expect(textsOf(measured({ buffers: 105, allocatedKilobytes: 540 }))).toEqual([]);
    expect(textsOf(measured({ buffers: 105.1, allocatedKilobytes: 539 }))).toEqual([
      'my-plan, again: buffers was 100 and is 105.1 now, which is more, where 5 % are tolerated.',
      'my-plan, again: allocatedKilobytes was 600 and is 539 now, which is better, where 10 % are tolerated: record it, so that it stays.',
    ]);
  });

  test('allow nothing where nothing is recorded', () => {
    const zero = { ...recorded, workloads: { 'my-plan': { again: { buffers: 0 } } } };
    expect(compareBudgets(zero, { node: 20, workloads: { 'my-plan': { again: { buffers: 0.2 } } } })).toHaveLength(1);
  });

  test('miss a workload that is recorded and was not measured, and one that is measured and not recorded', () => {
    expect(textsOf({ node: 20, workloads: { 'peer-page': { again: NUMBERS } } })).toEqual([
      'my-plan is recorded, and was not measured.',
      'peer-page is measured, and is not recorded.',
    ]);
  });

  test('miss a phase and a number, too', () => {
    const { statements, ...others } = NUMBERS;
    const now = { node: 20, workloads: { 'my-plan': { again: { ...others, locks: 1 }, first: { statements } } } };
    expect(textsOf(now)).toEqual([
      'my-plan, again: statements is recorded as 2, and is not measured any longer.',
      'my-plan, again: locks is 1, and is not recorded.',
      'my-plan, first: statements is 2, and is not recorded.',
    ]);
  });

  test('compare allocations with those of the same version of Node only', () => {
    expect(textsOf(measured({ allocatedKilobytes: 900 }, 24))).toEqual([]);
    expect(textsOf(measured({ allocatedKilobytes: 900, statements: 3 }, 24))).toHaveLength(1);
  });
});
