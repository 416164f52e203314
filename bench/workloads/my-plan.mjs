/** Q1: an employee opens their plan. */
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

/** What every contender has to answer. */
export const answerOf = (body) => body.data.me.employee;

/** Employees far apart, so that no two requests in flight are about the same. */
export const employeeOf = (place, employees) => 1 + ((place * 7919) % employees);
