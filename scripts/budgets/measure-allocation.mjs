import { repeat } from './repeat.mjs';

/** Before anything is counted. */
const WARMING_TURNS = 2;
/** The least of them counts: what the process does besides only ever adds. */
const BATCHES = 5;
const TURNS = 2;

/** What Node allocates of its heap for a question, in kilobytes, of all people alike. */
export async function measureAllocation(service, subjects, ask) {
  await repeat(WARMING_TURNS, subjects, ask);
  const bytesOfBatches = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    await service.beginAllocation();
    await repeat(TURNS, subjects, ask);
    const { bytes, collections } = await service.endAllocation();
    if (collections > 0)
      throw new Error(
        'Node collected garbage while allocations were counted: YOUNG_GENERATION in scripts/budgets/service.mjs is too small.',
      );
    bytesOfBatches.push(bytes);
  }
  return Math.round(Math.min(...bytesOfBatches) / 1024 / (TURNS * subjects.length));
}
