import { managersOf } from '../company/identifiers.mjs';
import { spread } from './spread.mjs';

export const name = 'team-page';
export const title = 'Q2 team page';

/** A manager opens the page of their ten reports. */
export const query = `query TeamPage {
  me { employee { name reports(first: 10) { nodes { name jobTitle activeActionPlan {
    goal status percentComplete targetOn
    mix { compliant shares { category count percent } }
    readiness { ready }
    skills { rank percentComplete skill { name } actions { title kind category status dueOn percentComplete } }
  } } } } }
}`;

export const subjectsIn = managersOf;
export const subjectOf = (place, employees) => ({ viewer: spread(place, managersOf(employees)) });

/** What every contender has to answer. */
export const answerOf = (body) => body.data.me.employee;
