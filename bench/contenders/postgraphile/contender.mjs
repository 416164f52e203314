import { createRequire } from 'node:module';
import path from 'node:path';
import { employeeId } from '../../company/identifiers.mjs';
import { documents } from './documents.mjs';

/** It needs a newer Node than the service promises to run on. */
const node = path.join(
  path.dirname(createRequire(import.meta.url).resolve(`node-linux-${process.arch}/package.json`)),
  'bin',
  'node',
);

const instantsAsOurs = (key, value) => (key === 'occurredAt' ? new Date(value).toISOString() : value);

/** Lists of rows are plain lists here, and connections with us. */
const ANSWERS = {
  'my-plan': ({ employeeByRowId: { activeActionPlan, ...employee } }) => ({
    ...employee,
    activeActionPlan: {
      ...activeActionPlan,
      skills: activeActionPlan.skills.map((skill) => ({
        ...skill,
        actions: skill.actions.map(({ updates, ...action }) => ({ ...action, updates: { nodes: updates } })),
      })),
    },
  }),
  'team-page': ({ employeeByRowId: { reports, ...employee } }) => ({ ...employee, reports: { nodes: reports } }),
  'record-progress': ({ recordProgress }) => recordProgress,
  'revise-plan': ({ reviseActionPlan }) => reviseActionPlan,
};

export const postgraphile = {
  name: 'PostGraphile 5',
  command: [node, path.join(import.meta.dirname, 'server.mjs')],
  environment: ({ ownerUrl }) => ({ DATABASE_URL: ownerUrl, NODE_ENV: 'production', GRAPHILE_ENV: 'production' }),
  readyAddress: (printed) => /ready (\S+)/.exec(printed)?.[1],
  async request({ name, variablesOf }, subject) {
    const bodyOf = () =>
      JSON.stringify({
        query: documents[name],
        variables: { viewer: employeeId(subject.viewer), ...variablesOf?.(subject, (_, id) => id) },
      });
    return {
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: variablesOf ? bodyOf : bodyOf(),
    };
  },
  answerOf: ({ name }, { data }) => JSON.parse(JSON.stringify(ANSWERS[name](data)), instantsAsOurs),
};
