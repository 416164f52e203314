import { expect } from '@jest/globals';
import type { TokenClaims } from '../../src/http/sign-in/development-token.js';
import { ALLY, type GraphqlAnswer, type TestService } from './service.js';

/** What tests read of a plan. */
export const PLAN = `
  fragment Plan on ActionPlan {
    id goal status version targetOn percentComplete completionSuggested outcome closingNote
    createdAt updatedAt activatedAt completedAt archivedAt
    employee { externalId } targetRole { externalId } policy { version }
    skills { id rank outcome percentComplete skill { externalId name }
      actions { id category kind title description successMeasure expectedOutcome startOn dueOn timeFrame
        status percentComplete smart { met } } }
    mix { total compliant shares { category count } toComply { category change } toRebalance { category change } }
    readiness { ready violations { rule message path } }
    revisions(first: 100) { nodes { version kind reason author { externalId } changes {
      operation subject subjectId label field before after } } }
  }`;

const payload = (mutation: string, type: string) => `
  mutation ($input: ${type}!) { ${mutation}(input: $input) {
    plan { ...Plan } userErrors { code message path currentVersion } } } ${PLAN}`;

export interface PlanPayload {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into plans of any shape
  plan: any;
  userErrors: { code: string; message: string; path: string[]; currentVersion: number | null }[];
}

/** The mutations of plans, as Ally or somebody else: the payload, after a check that nothing was wrong with the call itself. */
export function planMutations(service: TestService, as: TokenClaims = ALLY) {
  const call = (mutation: string, type: string) => async (input: object) => {
    const answer: GraphqlAnswer = await service.ask(payload(mutation, type), { input }, as);
    expect(answer.errors).toBeUndefined();
    return answer.data[mutation] as PlanPayload;
  };
  const create = call('createActionPlan', 'CreateActionPlanInput');
  const activate = call('activateActionPlan', 'ActivateActionPlanInput');
  return {
    create,
    activate,
    revise: call('reviseActionPlan', 'ReviseActionPlanInput'),
    complete: call('completeActionPlan', 'CompleteActionPlanInput'),
    archive: call('archiveActionPlan', 'ArchiveActionPlanInput'),
    /** A plan that meets all rules, made active. */
    createActive: async (input: object = {}) => {
      const { plan } = await create({ ...READY_PLAN, ...input });
      const activated = await activate({ planId: plan.id, expectedVersion: 1 });
      expect(activated.userErrors).toEqual([]);
      return activated.plan;
    },
    read: async (id: string) => {
      const answer = await service.ask(`query ($id: ID!) { actionPlan(id: $id) { ...Plan } } ${PLAN}`, { id }, as);
      expect(answer.errors).toBeUndefined();
      return answer.data.actionPlan;
    },
  };
}

/** Ally's plan as it was first told: one skill, five actions, a 2/2/1 mix, hardly any measure or date. */
export const SAMPLE_PLAN = {
  employee: { externalId: 'ally.adventure' },
  goal: 'A role in Marketing within six months',
  targetRole: { externalId: 'R-MARKETING-ASSOCIATE' },
  targetOn: '2027-05-23',
  skills: [
    {
      skill: { externalId: 'S-PRODUCT-MESSAGING' },
      actions: [
        {
          kind: 'EXPANDED_RESPONSIBILITY',
          title: "Work marketing's key messages into the pitch to key accounts and track the response",
          timeFrame: 'over the next quarter, for five accounts',
        },
        {
          kind: 'BUILD_OR_IMPROVE',
          title: 'Develop and deliver a presentation with her own pitch and have a marketing colleague comment on it',
        },
        {
          kind: 'JOB_SHADOWING',
          title: 'Two days shadowing a marketing colleague to see how messaging is made',
          timeFrame: 'within 30 days, by January 31',
          dueOn: '2027-01-31',
        },
        { kind: 'CONFERENCE', title: 'Attend a conference to see marketing messages at work' },
        { kind: 'COURSE', title: 'An online course on product messaging' },
      ],
    },
  ],
};

const action = (kind: string, title: string, dueOn = '2027-03-31') => ({
  kind,
  title,
  successMeasure: 'The manager has seen the result',
  dueOn,
});

/** A plan that meets every rule: two skills, seven actions, 4/2/1. */
export const READY_PLAN = {
  employee: { externalId: 'ally.adventure' },
  goal: 'A role in Marketing within six months',
  targetRole: { externalId: 'R-MARKETING-ASSOCIATE' },
  targetOn: '2027-05-23',
  skills: [
    {
      skill: { externalId: 'S-PRODUCT-MESSAGING' },
      outcome: 'Writes messages that key accounts respond to',
      actions: [
        action('BUILD_OR_IMPROVE', 'Write a message house for the spring range'),
        action('SPECIAL_PROJECT', 'Test the messages with five key accounts'),
        action('JOB_SHADOWING', 'Shadow a marketing colleague for two days', '2027-01-31'),
        action('COURSE', 'Take an online course on product messaging'),
      ],
    },
    {
      skill: { externalId: 'S-PUBLIC-SPEAKING' },
      outcome: 'Presents to an unknown audience without notes',
      actions: [
        action('STRETCH_ASSIGNMENT', 'Present the spring range to the sales team'),
        action('TEAM_LEADERSHIP', 'Lead the monthly sales meeting for a quarter'),
        action('MENTORING', 'Meet a mentor once a month'),
      ],
    },
  ],
};
