import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findReadyQueries, type ReadyQuery } from '../src/http/explorer/ready-queries.js';
import { type MainProcess, startMain } from './support/main-process.js';
import { ALLY, MORGAN, startTestService, type TestService } from './support/service.js';
import { roundTripsOf } from './support/statement-counter.js';

const root = path.join(import.meta.dirname, '..');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
const queries = findReadyQueries(readme);
const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, text]) => text!.trim());

/**
 * What each query costs in SQL statements and in round trips to Postgres, however much there is. Who asks is looked up with the
 * first request, and with mutations. Slashes part the round trips.
 */
const COSTS: Record<string, [statements: number, roundTrips: number]> = {
  'Who am I': [5, 5], // viewer / employee / department / manager / active plan
  'Find a skill': [1, 1],
  // viewer / begin, scope, policy, role, skills, employee / 4 to write, audit, commit / skills
  'Create the plan': [14, 4],
  // viewer / begin, scope, policy, names of skills, whose plan, lock, plan / 4 to write, audit, commit
  'Revise the plan': [14, 3],
  // viewer / begin, scope, employee, other plan / whose plan, lock, plan / 2 to write, audit, commit
  'Activate the plan': [12, 4],
  // viewer / begin, scope, whose action, lock, plan / 2 to write, audit, commit
  'Record progress': [10, 3],
  'The plan and its history': [5, 5], // plan / employees / role / updates / revisions
  'The team': [4, 4], // viewer / employee / reports / their plans
  'Check a mix': [1, 1],
};

/** Whose eyes a query is for, where they are not Ally's. */
const EYES: Record<string, typeof ALLY> = { 'The team': MORGAN };

describe('the walk through the README', () => {
  let service: TestService;
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
  const answers: Record<string, any> = {};
  const roundTrips: Record<string, string[][]> = {};

  async function run(query: ReadyQuery): Promise<void> {
    const actions = answers['Create the plan']?.createActionPlan.plan.skills[0].actions ?? [];
    const ids: Record<string, string> = {
      PLAN_ID: answers['Create the plan']?.createActionPlan.plan.id,
      SHADOWING_ID: actions[2]?.id,
      CONFERENCE_ID: actions[3]?.id,
      COURSE_ID: actions[4]?.id,
    };
    const variables = query.variables?.replace(/\b[A-Z]+_ID\b/g, (name) => ids[name]!);
    const parsed = variables && JSON.parse(variables);
    roundTrips[query.title] = await roundTripsOf(async () => {
      const { data, errors } = await service.ask(query.query, parsed, EYES[query.title] ?? ALLY);
      expect(errors).toBeUndefined();
      answers[query.title] = data;
    });
  }

  beforeAll(async () => {
    service = await startTestService();
    for (const query of queries) {
      service.clock.advance(60);
      await run(query);
    }
  });
  afterAll(() => service.close());

  test('has a title for every query', () => {
    expect(queries.map(({ title }) => title)).toEqual(Object.keys(COSTS));
    expect([...readme.matchAll(/^```graphql$/gm)]).toHaveLength(queries.length);
  });

  test('says who Ally is', () => {
    expect(answers['Who am I'].me).toEqual({
      employee: {
        name: 'Ally Adventure',
        jobTitle: 'Sales Associate',
        department: { name: 'Sales' },
        manager: { name: 'Morgan Summit' },
        activeActionPlan: null,
      },
      permissions: ['READ_PEOPLE', 'READ_ACTION_PLANS', 'WRITE_ACTION_PLANS'],
    });
  });

  test('finds the skill in spite of two typing errors', () => {
    expect(answers['Find a skill'].skills.nodes[0]).toMatchObject({ externalId: 'S-PRODUCT-MESSAGING' });
  });

  test('creates a draft that lacks what the text says', () => {
    const { plan, userErrors } = answers['Create the plan'].createActionPlan;
    expect(userErrors).toEqual([]);
    expect(plan).toMatchObject({ status: 'DRAFT', version: 1, readiness: { ready: false } });
    expect(plan.mix.toComply).toEqual([{ category: 'EXPERIENCE', change: 2 }]);
    expect(
      plan.readiness.violations.map(({ rule, path: place }: { rule: string; path: string[] }) => [
        rule,
        place.join('.'),
      ]),
    ).toEqual([
      ['SKILL_COUNT', 'skills'],
      ['ACTION_MIX', 'skills'],
      ['SMART_MEASURABLE', 'skills.0.actions.3.successMeasure'],
      ['SMART_TIME_BOUND', 'skills.0.actions.3.dueOn'],
      ['SMART_ACTIONABLE', 'skills.0.actions.4.title'],
    ]);
  });

  test('makes it ready and active', () => {
    const { plan, userErrors } = answers['Revise the plan'].reviseActionPlan;
    expect(userErrors).toEqual([]);
    expect(plan).toMatchObject({ version: 2, mix: { compliant: true }, readiness: { ready: true, violations: [] } });
    expect(answers['Activate the plan'].activateActionPlan).toMatchObject({
      plan: { status: 'ACTIVE', version: 3 },
      userErrors: [],
    });
  });

  test('records progress that shows in every roll-up', () => {
    expect(answers['Record progress'].recordProgress).toMatchObject({
      userErrors: [],
      progressUpdate: { status: 'IN_PROGRESS', percentComplete: 50 },
      action: { percentComplete: 50 },
      plan: { percentComplete: 5, completionSuggested: false },
    });
    const { actionPlan } = answers['The plan and its history'];
    expect(actionPlan).toMatchObject({
      percentComplete: 5,
      employee: { name: 'Ally Adventure' },
      targetRole: { title: 'Marketing Associate' },
      skills: [
        { rank: 1, skill: { name: 'Product messaging' }, percentComplete: 10 },
        { rank: 2, skill: { name: 'Public speaking' }, percentComplete: 0 },
      ],
    });
    expect(actionPlan.skills[0].actions[2]).toMatchObject({
      status: 'IN_PROGRESS',
      smart: { met: true },
      latestUpdate: { author: { name: 'Ally Adventure' } },
    });
    expect(actionPlan.revisions.nodes.map(({ kind }: { kind: string }) => kind)).toEqual([
      'ACTIVATED',
      'REVISED',
      'CREATED',
    ]);
  });

  test('shows the plan in the team of the manager', () => {
    const team = answers['The team'].me.employee.reports.nodes;
    expect(team.length).toBeGreaterThanOrEqual(8);
    const ally = team.find(({ name }: { name: string }) => name === 'Ally Adventure');
    expect(ally.activeActionPlan).toMatchObject({ percentComplete: 5 });
  });

  test('answers for a live meter', () => {
    expect(answers['Check a mix'].checkActionMix).toMatchObject({
      compliant: false,
      toComply: [{ category: 'EXPERIENCE', change: 2 }],
    });
  });

  test.each(Object.entries(COSTS))('"%s" takes %j statements and round trips', (title, expected) => {
    const trips = roundTrips[title]!;
    const taken = [trips.flat().length, trips.length];
    if (String(taken) !== String(expected)) {
      throw new Error(
        `${taken} statements and round trips:\n${trips.map((trip) => trip.join('\n---\n')).join('\n//\n')}`,
      );
    }
  });

  test('takes one statement for all from the second time on, also for a team with plans', async () => {
    const people = (await service.ask('{ me { employee { reports { nodes { externalId } } } } }', {}, MORGAN)).data.me
      .employee.reports.nodes;
    const [create, revise, activate] = ['Create the plan', 'Revise the plan', 'Activate the plan'].map(
      (title) => queries.find((query) => query.title === title)!,
    ) as [ReadyQuery, ReadyQuery, ReadyQuery];
    const team = queries.find(({ title }) => title === 'The team')!;
    const history = queries.find(({ title }) => title === 'The plan and its history')!;
    await run(team);
    await run(history);
    for (const { externalId } of people.filter(
      (person: { externalId: string }) => person.externalId !== 'ally.adventure',
    )) {
      const variables = JSON.parse(create.variables!);
      variables.plan.employee = { externalId };
      const { plan } = (await service.ask(create.query, variables, MORGAN)).data.createActionPlan;
      const revision = revise
        .variables!.replace('PLAN_ID', plan.id)
        .replace('CONFERENCE_ID', plan.skills[0].actions[3].id)
        .replace('COURSE_ID', plan.skills[0].actions[4].id);
      await service.ask(revise.query, JSON.parse(revision), MORGAN);
      const { userErrors } = (await service.ask(activate.query, { planId: plan.id }, MORGAN)).data.activateActionPlan;
      expect(userErrors).toEqual([]);
    }
    await run(team);
    await run(history);
    const after = [roundTrips[team.title]!.flat().length, roundTrips[history.title]!.flat().length];
    expect(after).toEqual([1, 1]);
    const plans = answers['The team'].me.employee.reports.nodes.filter(
      ({ activeActionPlan }: { activeActionPlan: object | null }) => activeActionPlan,
    );
    expect(plans.length).toBe(people.length);
  });
});

describe('the commands of the README', () => {
  let folder: string;
  let main: MainProcess;
  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'career-readme-'));
    main = await startMain({ DATA_DIR: folder, LOG_LEVEL: 'info' });
  });
  afterAll(async () => {
    await main.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test('are those of package.json', () => {
    const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(commands.slice(0, 2)).toEqual(['npm ci && npm start', 'npm ci && npm test']);
    expect(scripts).toMatchObject({ start: expect.any(String), test: expect.any(String), token: expect.any(String) });
  });

  test('get a token and an answer', () => {
    const command = commands[2]!.replaceAll('http://localhost:4000', main.url);
    const { stdout, stderr } = spawnSync('bash', ['-c', command], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'development', DATA_DIR: folder },
    });
    expect({ stdout, stderr: stderr.replace(/^npm warn.*\n/gm, '') }).toEqual({
      stdout:
        '{"data":{"me":{"employee":{"name":"Ally Adventure"}}},"extensions":{"cost":{"requested":2,"limit":20000}}}\n',
      stderr: '',
    });
  });
});
