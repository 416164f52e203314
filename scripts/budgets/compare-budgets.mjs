/** Another version of Node makes other objects of the same source. */
const ONLY_OF_THE_SAME_NODE = ['allocatedKilobytes'];

const percent = (part) => `${Math.round(1000 * part) / 10} %`;

/** What is wrong with a number; null where it is as it was, or nearly so where that is enough. */
function compareNumber(name, recorded, measured, tolerance = 0) {
  if (recorded === undefined) return `${name} is ${measured}, and is not recorded.`;
  if (measured === undefined) return `${name} is recorded as ${recorded}, and is not measured any longer.`;
  const difference = measured - recorded;
  if (Math.abs(difference) <= tolerance * recorded) return null;
  const tolerated = tolerance > 0 ? `, where ${percent(tolerance)} are tolerated` : '';
  return difference > 0
    ? `${name} was ${recorded} and is ${measured} now, which is more${tolerated}.`
    : `${name} was ${recorded} and is ${measured} now, which is better${tolerated}: record it, so that it stays.`;
}

const namesOf = (...objects) => [...new Set(objects.flatMap((object) => Object.keys(object ?? {})))];

function comparePhase(recorded, measured, tolerances, isCompared) {
  return namesOf(recorded, measured)
    .filter(isCompared)
    .map((name) => compareNumber(name, recorded?.[name], measured?.[name], tolerances[name]))
    .filter((problem) => problem !== null);
}

/**
 * Compares what the workloads cost with what was recorded. What is better is a problem too: as long as it is not recorded,
 * nothing would say when it is lost.
 * @param recorded the version of Node, tolerances by the name of the number, and of each workload the numbers of its phases
 * @param measured the same, without tolerances
 * @returns the problems, with where they are
 */
export function compareBudgets(recorded, measured) {
  const isCompared = (name) => recorded.node === measured.node || !ONLY_OF_THE_SAME_NODE.includes(name);
  const problems = [];
  for (const workload of namesOf(recorded.workloads, measured.workloads)) {
    const [before, now] = [recorded.workloads[workload], measured.workloads[workload]];
    if (!before) problems.push({ workload, phase: null, text: `${workload} is measured, and is not recorded.` });
    else if (!now) problems.push({ workload, phase: null, text: `${workload} is recorded, and was not measured.` });
    else
      for (const phase of namesOf(before, now))
        for (const text of comparePhase(before[phase], now[phase], recorded.tolerances, isCompared))
          problems.push({ workload, phase, text: `${workload}, ${phase}: ${text}` });
  }
  return problems;
}
