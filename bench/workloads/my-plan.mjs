import { spread } from './spread.mjs';

export const name = 'my-plan';
export const title = 'Q1 my plan';

/** An employee opens their plan. */
export const query = `query MyPlan {
  me { employee { name activeActionPlan {
    goal status percentComplete
    mix { total compliant shares { category count percent } }
    readiness { ready violations { rule path } }
    skills { rank outcome percentComplete skill { name } actions {
      title kind status dueOn percentComplete
      updates(first: 3) { nodes { percentComplete status note occurredAt } }
    } }
  } } }
}`;

export const subjectsIn = (employees) => employees;
export const subjectOf = (place, employees) => ({ viewer: spread(place, employees) });

/** What every contender has to answer. */
export const answerOf = (body) => body.data.me.employee;
