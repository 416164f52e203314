import type { Action, ActionPlan, PlanSkill } from './action-plan.js';
import type { PlanChange, PlanChangeSubject } from './plan-revision.js';

const PLAN_FIELDS = ['goal', 'targetOn', 'status', 'outcome', 'closingNote'] as const;
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

/** What a subject says, by the names that its fields have in the API. */
type Fields = Record<string, Text>;

const textOf = (value: Text | undefined): string | null => (value == null ? null : String(value));

/** A change of one field, or nothing when both values are the same. */
function changed(subject: Subject, field: string, before: Text, after: Text): PlanChange[] {
  if (before === after) return [];
  return [{ operation: 'CHANGED', ...subject, field, before: textOf(before), after: textOf(after) }];
}

/** What differs of one subject. One that came or went is an entry of its own, followed by what it says, or said. */
function compare(subject: Subject, before: Fields | null, after: Fields | null): PlanChange[] {
  if (before && after) {
    return Object.keys(after).flatMap((field) => changed(subject, field, before[field] ?? null, after[field] ?? null));
  }
  const operation = after ? 'ADDED' : 'REMOVED';
  const said = Object.entries((after ?? before)!).filter(([, value]) => value !== null);
  return [
    { operation, ...subject, field: null, before: null, after: null },
    ...said.map(([field]) => ({
      operation,
      ...subject,
      field,
      before: textOf(before?.[field]),
      after: textOf(after?.[field]),
    })),
  ] as PlanChange[];
}

function fieldsOfPlan({ targetRoleId, ...plan }: ActionPlan): Fields {
  const fields = PLAN_FIELDS.map((field) => [field, plan[field]]);
  // A draft follows the policy in force: only a plan that was active has one of its own.
  const policy = plan.activatedAt === null ? null : plan.policy.version;
  return { ...Object.fromEntries(fields), targetRole: targetRoleId, policy };
}

const fieldsOfSkill = (skill: PlanSkill, place: number): Fields => ({ rank: place + 1, outcome: skill.outcome });

const fieldsOfAction = (action: Action, skill: PlanSkill): Fields => ({
  ...Object.fromEntries(ACTION_FIELDS.map((field) => [field, action[field]])),
  skill: skill.skillName,
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

function skillChanges(before: PlanSkill[], after: PlanSkill[]): PlanChange[] {
  const kept = after.flatMap((skill, place) => {
    const oldPlace = before.findIndex(({ id }) => id === skill.id);
    const old = before[oldPlace];
    const fields = fieldsOfSkill(skill, place);
    if (!old) return compare(ofSkill(skill), null, fields);
    return [...compare(ofSkill(skill), fieldsOfSkill(old, oldPlace), fields), ...orderChange(old, skill)];
  });
  const gone = before.flatMap((skill, place) =>
    after.some(({ id }) => id === skill.id) ? [] : compare(ofSkill(skill), fieldsOfSkill(skill, place), null),
  );
  return [...kept, ...gone];
}

function actionChanges(before: PlanSkill[], after: PlanSkill[]): PlanChange[] {
  const fieldsById = (skills: PlanSkill[]) =>
    new Map(
      skills.flatMap((skill) =>
        skill.actions.map((action) => [action.id, { action, fields: fieldsOfAction(action, skill) }] as const),
      ),
    );
  const [old, now] = [fieldsById(before), fieldsById(after)];
  const gone = [...old.values()].filter(({ action }) => !now.has(action.id));
  return [
    ...[...now.values()].flatMap(({ action, fields }) =>
      compare(ofAction(action), old.get(action.id)?.fields ?? null, fields),
    ),
    ...gone.flatMap(({ action, fields }) => compare(ofAction(action), fields, null)),
  ];
}

/** What differs between two states of a plan, in the order plan, skills, actions. A plan that was not there differs as a whole. */
export function planDifference(before: ActionPlan | null, after: ActionPlan): PlanChange[] {
  const oldSkills = before?.skills ?? [];
  return [
    ...compare(ofPlan(after), before && fieldsOfPlan(before), fieldsOfPlan(after)),
    ...skillChanges(oldSkills, after.skills),
    ...actionChanges(oldSkills, after.skills),
  ];
}
