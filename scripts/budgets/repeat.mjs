/** Asks about each of the people, one after the other, so many times. */
export async function repeat(turns, subjects, ask) {
  for (let turn = 0; turn < turns; turn++) for (const subject of subjects) await ask(subject);
}
