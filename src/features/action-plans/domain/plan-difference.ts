import type { Action, ActionPlan, PlanSkill } from './action-plan.js';
import type { PlanChange, PlanChangeSubject } from './plan-revision.js';

const PLAN_FIELDS = ['goal', 'targetRoleId', 'targetOn', 'status', 'outcome', 'closingNote'] as const;
const ACTION_FIELDS = [
  'kind',
  'title',
  'description',
  'successMeasure',
  'expectedOutcome',
  'startOn',
  'dueOn',
  'timeFrame',
  'status',
] as const;

interface Subject {
  subject: PlanChangeSubject;
  subjectId: string;
  label: string;
}

const ofPlan = (plan: ActionPlan): Subject => ({ subject: 'PLAN', subjectId: plan.id, label: plan.goal });
const ofSkill = (skill: PlanSkill): Subject => ({ subject: 'SKILL', subjectId: skill.id, label: skill.skillName });
const ofAction = (action: Action): Subject => ({ subject: 'ACTION', subjectId: action.id, label: action.title });

type Text = string | number | null;

/** A change of one field, or nothing when both values are the same. */
function changed(subject: Subject, field: string, before: Text, after: Text): PlanChange[] {
  if (before === after) return [];
  const text = (value: Text): string | null => (value === null ? null : String(value));
  return [{ operation: 'CHANGED', ...subject, field, before: text(before), after: text(after) }];
}

const whole = (operation: 'ADDED' | 'REMOVED', subject: Subject): PlanChange => ({
  operation,
  ...subject,
  field: null,
  before: null,
  after: null,
});

/** The order of the actions that a skill had before and still has, when it is another one. */
function orderChange(before: PlanSkill, after: PlanSkill): PlanChange[] {
  const kept = (skill: PlanSkill, other: PlanSkill): Action[] =>
    skill.actions.filter(({ id }) => other.actions.some((action) => action.id === id));
  const [old, now] = [kept(before, after), kept(after, before)];
  if (old.every((action, place) => action.id === now[place]!.id)) return [];
  const titles = (actions: Action[]): string => actions.map(({ title }) => title).join('; ');
  // Titles that read the same in both orders would hide the change: each then bears the place that it had.
  const placeOf = new Map(old.map(({ id }, place) => [id, place + 1]));
  const numbered = (actions: Action[]): string =>
    actions.map(({ id, title }) => `${title} (${placeOf.get(id)})`).join('; ');
  const text = titles(old) === titles(now) ? numbered : titles;
  return changed(ofSkill(after), 'actions', text(old), text(now));
}

function skillChanges(before: ActionPlan, after: ActionPlan): PlanChange[] {
  return after.skills.flatMap((skill, place) => {
    const oldPlace = before.skills.findIndex(({ id }) => id === skill.id);
    const old = before.skills[oldPlace];
    if (!old) return [whole('ADDED', ofSkill(skill))];
    return [
      ...changed(ofSkill(skill), 'rank', oldPlace + 1, place + 1),
      ...changed(ofSkill(skill), 'outcome', old.outcome, skill.outcome),
      ...orderChange(old, skill),
    ];
  });
}

function actionChanges(before: ActionPlan, after: ActionPlan): PlanChange[] {
  const placed = (plan: ActionPlan) =>
    plan.skills.flatMap((skill) => skill.actions.map((action) => ({ action, skill })));
  const old = new Map(placed(before).map((entry) => [entry.action.id, entry]));
  const now = placed(after);
  const kept = new Set(now.map(({ action }) => action.id));
  return [
    ...now.flatMap(({ action, skill }) => {
      const previous = old.get(action.id);
      if (!previous) return [whole('ADDED', ofAction(action))];
      return [
        ...ACTION_FIELDS.flatMap((field) => changed(ofAction(action), field, previous.action[field], action[field])),
        ...changed(ofAction(action), 'skill', previous.skill.skillName, skill.skillName),
      ];
    }),
    ...[...old.values()]
      .filter(({ action }) => !kept.has(action.id))
      .map(({ action }) => whole('REMOVED', ofAction(action))),
  ];
}

/** What differs between two states of a plan, in the order plan, skills, actions. A plan that was not there differs as a whole. */
export function planDifference(before: ActionPlan | null, after: ActionPlan): PlanChange[] {
  const old = before ?? { ...after, skills: [] };
  const gone = old.skills.filter(({ id }) => !after.skills.some((skill) => skill.id === id));
  return [
    ...(before ? [] : [whole('ADDED', ofPlan(after))]),
    ...PLAN_FIELDS.flatMap((field) =>
      changed(ofPlan(after), field === 'targetRoleId' ? 'targetRole' : field, old[field], after[field]),
    ),
    ...skillChanges(old, after),
    ...gone.map((skill) => whole('REMOVED', ofSkill(skill))),
    ...actionChanges(old, after),
  ];
}
