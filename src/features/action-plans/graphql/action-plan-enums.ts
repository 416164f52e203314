import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../../graphql/enumeration.js';
import { ACTION_CATEGORIES, ACTION_KINDS } from '../domain/action-kind.js';
import { ACTION_STATUSES, PLAN_OUTCOMES, PLAN_STATUSES } from '../domain/action-plan.js';

export const PlanStatusEnum = enumOf(PLAN_STATUSES);
registerEnumType(PlanStatusEnum, {
  name: 'PlanStatus',
  description:
    'Where a plan stands. DRAFT becomes ACTIVE or ARCHIVED, ACTIVE becomes COMPLETED or ARCHIVED; those two are final.',
  valuesConfig: {
    DRAFT: { description: 'Being built; it may break the rules.' },
    ACTIVE: { description: 'Being followed; it meets the rules. An employee has at most one.' },
    COMPLETED: { description: 'Closed, with an outcome.' },
    ARCHIVED: { description: 'Put away, because another plan took its place or nobody follows it.' },
  },
});

export const PlanOutcomeEnum = enumOf(PLAN_OUTCOMES);
registerEnumType(PlanOutcomeEnum, {
  name: 'PlanOutcome',
  description: 'What became of the goal of a completed plan.',
  valuesConfig: {
    GOAL_REACHED: { description: 'The goal was reached.' },
    GOAL_PARTLY_REACHED: { description: 'A part of the goal was reached.' },
    GOAL_NOT_REACHED: { description: 'The goal was not reached.' },
  },
});

export const ActionStatusEnum = enumOf(ACTION_STATUSES);
registerEnumType(ActionStatusEnum, {
  name: 'ActionStatus',
  description: 'How far an action is.',
  valuesConfig: {
    NOT_STARTED: { description: 'Nothing was done yet; 0 percent.' },
    IN_PROGRESS: { description: 'Begun; 0 to 99 percent.' },
    DONE: { description: 'Finished; 100 percent.' },
    CANCELLED: { description: 'Taken out of the plan by a revision; it counts nowhere.' },
  },
});

export const ActionCategoryEnum = enumOf(ACTION_CATEGORIES);
registerEnumType(ActionCategoryEnum, {
  name: 'ActionCategory',
  description:
    'How people learn from an action. The shares are those of the 70/20/10 rule, unless the plan policy says otherwise.',
  valuesConfig: {
    EXPERIENCE: { description: 'On the job, 70 percent of the actions.' },
    EXPOSURE: { description: 'From others, 20 percent of the actions.' },
    EDUCATION: { description: 'From training, 10 percent of the actions.' },
  },
});

export const ActionKindEnum = enumOf(ACTION_KINDS);
registerEnumType(ActionKindEnum, {
  name: 'ActionKind',
  description: 'What sort of action it is. Each kind belongs to one category.',
  valuesConfig: {
    NEW_ASSIGNMENT: { description: 'EXPERIENCE: a task that the person has not had before.' },
    SPECIAL_PROJECT: { description: 'EXPERIENCE: a project beside the daily work, with an end.' },
    STRETCH_ASSIGNMENT: { description: "EXPERIENCE: work that widens the scope of the person's role." },
    EXPANDED_RESPONSIBILITY: { description: 'EXPERIENCE: a lasting responsibility on top of the present ones.' },
    BUILD_OR_IMPROVE: { description: 'EXPERIENCE: design or build something new, solve a problem, refine a process.' },
    TEAM_LEADERSHIP: { description: 'EXPERIENCE: lead a project or a cross-functional team.' },
    COVER_FOR_COLLEAGUE: { description: 'EXPERIENCE: fill in for somebody.' },
    MENTORING: { description: 'EXPOSURE: be mentored, or mentor somebody.' },
    PEER_COACHING: { description: 'EXPOSURE: coach a colleague and be coached by them.' },
    JOB_SHADOWING: { description: 'EXPOSURE: spend time with somebody in another role or department.' },
    NETWORKING: { description: 'EXPOSURE: get to know people who can help.' },
    INFORMATIONAL_INTERVIEW: { description: 'EXPOSURE: ask somebody about their work.' },
    SOCIAL_LEARNING: { description: 'EXPOSURE: learn in a group or a community.' },
    COMMITTEE: { description: 'EXPOSURE: sit on a committee.' },
    CONFERENCE: { description: 'EXPOSURE: attend a conference.' },
    COURSE: { description: 'EDUCATION: a course, in a classroom or online.' },
    WEB_RESOURCE: { description: 'EDUCATION: web resources, webinars, podcasts.' },
    EDUCATION_ASSISTANCE: { description: "EDUCATION: studies that the company's education assistance supports." },
    READING: { description: 'EDUCATION: books and articles.' },
  },
});
