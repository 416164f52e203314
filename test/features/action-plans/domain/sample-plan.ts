import fc from 'fast-check';
import {
  ACTION_KINDS,
  type ActionKind,
  categoryOfKind,
} from '../../../../src/features/action-plans/domain/action-kind.js';
import {
  ACTION_STATUSES,
  type Action,
  type ActionPlan,
  type PlanSkill,
} from '../../../../src/features/action-plans/domain/action-plan.js';
import type {
  NewAction,
  PlanEdit,
  PlanSkillReference,
} from '../../../../src/features/action-plans/domain/plan-edit.js';
import { applyEdits } from '../../../../src/features/action-plans/domain/plan-edit.rules.js';
import { DEFAULT_PLAN_POLICY_TERMS } from '../../../../src/features/action-plans/domain/plan-policy.js';

const createdAt = new Date('2026-01-02T09:00:00Z');

/** An action that meets every criterion within a plan of `planOf`, except for what the changes say. */
export function actionOf(kind: ActionKind, title: string, changes: Partial<Action> = {}): Action {
  return {
    id: `action_${title}`,
    planId: 'plan_1',
    planSkillId: 'plan_skill_1',
    kind,
    category: categoryOfKind(kind),
    title,
    description: null,
    successMeasure: 'Five accounts repeat the key message',
    expectedOutcome: null,
    startOn: null,
    dueOn: '2026-03-31',
    timeFrame: null,
    status: 'NOT_STARTED',
    percentComplete: 0,
    ...changes,
  };
}

/** A skill of the plan with its actions put under it. */
export function skillOf(position: number, skillName: string, actions: Action[]): PlanSkill {
  const id = `plan_skill_${position}`;
  return {
    id,
    planId: 'plan_1',
    skillId: `skill_${position}`,
    skillName,
    skillAliases: [`${skillName} by another name`],
    outcome: `Uses ${skillName} with customers without help`,
    actions: actions.map((action) => ({ ...action, planSkillId: id })),
  };
}

/** A draft with these skills. */
export function planOf(skills: PlanSkill[], changes: Partial<ActionPlan> = {}): ActionPlan {
  return {
    id: 'plan_1',
    employeeId: 'employee_1',
    goal: 'Work in Marketing within six months',
    targetRoleId: null,
    targetOn: '2026-06-30',
    status: 'DRAFT',
    version: 1,
    outcome: null,
    closingNote: null,
    createdAt,
    updatedAt: createdAt,
    activatedAt: null,
    completedAt: null,
    archivedAt: null,
    policy: { ...DEFAULT_PLAN_POLICY_TERMS, id: 'policy_1', version: 1, createdAt },
    ...changes,
    skills,
  };
}

/** The sample plan of the product: a good draft with one skill and a 2/2/1 mix. */
export function allysDraft(): ActionPlan {
  return planOf([skillOf(1, 'Product messaging', allysActions())]);
}

/** Ally's plan with what her draft lacks: a second skill, and two more EXPERIENCE actions. */
export function allysReadyPlan(): ActionPlan {
  return planOf([
    skillOf(1, 'Product messaging', allysActions()),
    skillOf(2, 'Market research', [
      actionOf('SPECIAL_PROJECT', 'Interview five lost customers about the message they heard'),
      actionOf('STRETCH_ASSIGNMENT', 'Lead the survey for the spring campaign'),
    ]),
  ]);
}

function allysActions(): Action[] {
  return [
    actionOf('EXPANDED_RESPONSIBILITY', "Work marketing's key messages into the pitch to key accounts"),
    actionOf('BUILD_OR_IMPROVE', 'Develop and deliver a presentation with my own pitch'),
    actionOf('JOB_SHADOWING', 'Two days shadowing a marketing colleague', { dueOn: '2026-01-31' }),
    actionOf('CONFERENCE', 'Attend a conference to see marketing messages at work'),
    actionOf('COURSE', 'Take an online course on product messaging'),
  ];
}

const PERCENT = { NOT_STARTED: 0, IN_PROGRESS: 40, DONE: 100, CANCELLED: 40 };

const anyText = fc.constantFrom(null, 'Three deals won', 'Two workshops held');
const anyDay = fc.constantFrom(null, '2026-02-01', '2026-05-01');
const contentFields = {
  kind: fc.constantFrom(...ACTION_KINDS),
  title: fc.constantFrom('Lead the launch', 'Shadow Ana at work'),
  description: anyText,
  successMeasure: anyText,
  expectedOutcome: anyText,
  startOn: anyDay,
  dueOn: anyDay,
  timeFrame: anyText,
};

/** Up to three skills with up to four actions each, in any status. A number makes each title the only one of its kind. */
const anyPlan: fc.Arbitrary<ActionPlan> = fc
  .array(fc.array(fc.tuple(fc.record(contentFields), fc.constantFrom(...ACTION_STATUSES)), { maxLength: 4 }), {
    maxLength: 3,
  })
  .map((skills) =>
    planOf(
      skills.map((actions, index) =>
        skillOf(
          index + 1,
          `Skill ${index + 1}`,
          actions.map(([content, status], position) => {
            const title = `${content.title} ${index}.${position}`;
            const id = `action_${index}.${position}`;
            return actionOf(content.kind, title, { ...content, id, title, status, percentComplete: PERCENT[status] });
          }),
        ),
      ),
    ),
  );

const anyChoice = fc.record({
  kind: fc.constantFrom<PlanEdit['kind']>(
    'changePlan',
    'addSkill',
    'changeSkill',
    'removeSkill',
    'reorderSkills',
    'addAction',
    'changeAction',
    'moveAction',
    'cancelAction',
  ),
  /** Whether the edit names something that makes it impossible. */
  isAstray: fc.nat(24).map((number) => number === 24),
  byId: fc.boolean(),
  staysInSkill: fc.boolean(),
  skillPick: fc.nat(),
  actionPick: fc.nat(),
  order: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
  place: fc.option(fc.nat(6), { nil: undefined }),
  outcome: anyText,
  additions: fc.array(fc.record(contentFields), { minLength: 1, maxLength: 2 }),
  content: fc.record(contentFields, { requiredKeys: [] }),
  aboutPlan: fc.record(
    { goal: fc.constantFrom('Lead a team', 'Teach'), targetRoleId: anyText, targetOn: anyDay },
    { requiredKeys: [] },
  ),
});
type Choice = typeof anyChoice extends fc.Arbitrary<infer Value> ? Value : never;

const pick = <Item>(items: Item[], number: number): Item | undefined => items[number % items.length];

/** The edit that a choice makes of the plan as it is by then. */
function editOf(plan: ActionPlan, choice: Choice, number: number): PlanEdit {
  const { isAstray, byId, place } = choice;
  const nameOf = ({ id, skillId }: PlanSkill): PlanSkillReference => (byId ? { id } : { skillId });
  const nowhere: PlanSkillReference = byId ? { id: 'plan_skill_0' } : { skillId: 'skill_0' };
  const skill = pick(plan.skills, choice.skillPick);
  const planSkill = skill && !isAstray ? nameOf(skill) : nowhere;
  const actions = plan.skills.flatMap((each) => each.actions);
  // A move can go astray by its target, too.
  const wantsCancelled = isAstray && (choice.kind !== 'moveAction' || choice.staysInSkill);
  const choosable = actions.filter(({ status }) => (status === 'CANCELLED') === wantsCancelled);
  const actionId = pick(choosable, choice.actionPick)?.id ?? 'action_0';
  const kind = isAstray || choosable.length > 0 ? choice.kind : 'addSkill';
  const additions = choice.additions.map((content, index): NewAction => {
    const name = `new.${number}.${index}`;
    return { ...content, id: `action_${name}`, title: `${content.title} ${name}` };
  });
  switch (kind) {
    case 'changePlan':
      return { kind, ...choice.aboutPlan };
    case 'addSkill': {
      const catalogue = (choice.skillPick % 5) + 1;
      const [id, skillId, skillName] = [`plan_skill_new.${number}`, `skill_${catalogue}`, `Skill ${catalogue}`];
      const rank = place === undefined ? undefined : place + 1;
      return {
        kind,
        skill: { id, skillId, skillName, skillAliases: [], outcome: choice.outcome, actions: additions },
        rank,
      };
    }
    case 'changeSkill':
      return { kind, planSkill, outcome: choice.outcome };
    case 'removeSkill':
      return { kind, planSkill };
    case 'reorderSkills': {
      const order = plan.skills.map((each, index) => ({ each, key: choice.order[index]! }));
      const planSkills = order.sort((one, other) => one.key - other.key).map(({ each }) => nameOf(each));
      const wrong = pick(
        [planSkills.slice(1), [...planSkills, ...planSkills], [...planSkills, nowhere]],
        choice.skillPick,
      );
      return { kind, planSkills: isAstray ? wrong! : planSkills };
    }
    case 'addAction':
      return { kind, planSkill, action: additions[0]!, position: place };
    case 'changeAction': {
      const { title, ...content } = choice.content;
      return { kind, actionId, content: title ? { ...content, title: `${title} changed.${number}` } : content };
    }
    case 'moveAction':
      return { kind, actionId, planSkill: choice.staysInSkill ? undefined : planSkill, position: place };
    case 'cancelAction':
      return { kind, actionId };
  }
}

/** A plan and edits of it. Most can be made: each is chosen among what the plan has after the edits before it. */
export const anyPlanWithEdits: fc.Arbitrary<{ plan: ActionPlan; edits: PlanEdit[] }> = fc
  .tuple(anyPlan, fc.array(anyChoice, { maxLength: 9 }))
  .map(([plan, choices]) => {
    let current = plan;
    const edits = choices.map((choice, number) => {
      const edit = editOf(current, choice, number);
      const edited = applyEdits(current, [edit]);
      if (edited.ok) current = edited.value;
      return edit;
    });
    return { plan, edits };
  });
