import { actionId } from '../company/identifiers.mjs';
import { spread } from './spread.mjs';

export const name = 'record-progress';
export const title = 'M1 record progress';

/** An employee says how far an action is, and sees what that makes of the plan. */
export const query = `mutation RecordProgress($input: RecordProgressInput!) {
  recordProgress(input: $input) {
    progressUpdate { percentComplete status note }
    action { percentComplete status planSkill { percentComplete } }
    plan { percentComplete completionSuggested }
    userErrors { code message path }
  }
}`;

export const subjectsIn = (employees) => employees;
export const subjectOf = (place, employees) => ({ viewer: spread(place, employees), turn: place });

const WAY = 90;

/** Each time another percent, so that there is something to change. @param idOf how the contender writes ids */
export function variablesOf(subject, idOf) {
  const percentComplete = 1 + ((subject.turn++ * 7) % WAY);
  const note = `At ${percentComplete} percent; the next round is in two weeks.`;
  return { input: { actionId: idOf('action', actionId(subject.viewer, 2)), percentComplete, note } };
}

/** Each request that is answered adds a row here. */
export const adds = 'progress_update';

export const answerOf = (body) => body.data.recordProgress;
