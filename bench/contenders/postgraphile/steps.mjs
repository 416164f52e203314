import { sql } from 'postgraphile/pg-sql2';

/** The rows behind the fields that a team adds, as Grafast steps: they become part of the statement of the field above. */
export function planSteps({ action, action_plan, plan_skill, progress_update, skill }) {
  const skillsOf = ($plan) => {
    const $skills = plan_skill.find({ plan_id: $plan.get('id') });
    $skills.where(sql`${$skills.alias}.rank is not null`);
    $skills.orderBy({ attribute: 'rank', direction: 'ASC' });
    $skills.setOrderIsUnique();
    return $skills;
  };
  const actionsOf = ($planSkill) => {
    const $actions = action.find({ plan_skill_id: $planSkill.get('id') });
    $actions.orderBy({ attribute: 'position', direction: 'ASC' });
    $actions.orderBy({ attribute: 'id', direction: 'ASC' });
    $actions.setOrderIsUnique();
    return $actions;
  };
  const updatesOf = ($action, $first) => {
    const $updates = progress_update.find({ action_id: $action.get('id') });
    for (const attribute of ['occurred_at', 'created_at', 'id']) $updates.orderBy({ attribute, direction: 'DESC' });
    $updates.setOrderIsUnique();
    $updates.setFirst($first);
    return $updates;
  };
  const activePlanOf = ($employee) => {
    const $plans = action_plan.find({ employee_id: $employee.get('id') });
    $plans.where(sql`${$plans.alias}.status = 'ACTIVE'`);
    return $plans.single();
  };
  const skillOf = ($planSkill) => skill.get({ id: $planSkill.get('skill_id') });
  return { skillsOf, actionsOf, updatesOf, activePlanOf, skillOf };
}
