import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findReadyQueries } from '../../src/http/explorer/ready-queries.js';
import { launchChromium } from '../support/chromium.js';
import { HR_ADMIN, startTestService, type TestService } from '../support/service.js';

const readme = fs.readFileSync(path.join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const readyQueries = findReadyQueries(readme);

const fenced = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\`\n`;

describe('the ready queries of a Markdown text', () => {
  test('are its GraphQL blocks that start with a title, in order', () => {
    const text = [
      '# A heading\n',
      fenced('graphql', '# Who am I?\nquery WhoAmI { me { employee { name } } }'),
      fenced('sh', '# not GraphQL\nnpm start'),
      fenced('graphql', 'type NoQuery { name: String }'),
      fenced('graphql', '#Without a name\n{ planPolicy { id } }'),
    ].join('\n');
    expect(findReadyQueries(text)).toEqual([
      {
        title: 'Who am I?',
        operationName: 'WhoAmI',
        query: '# Who am I?\nquery WhoAmI { me { employee { name } } }',
        variables: null,
      },
      {
        title: 'Without a name',
        operationName: null,
        query: '#Without a name\n{ planPolicy { id } }',
        variables: null,
      },
    ]);
  });

  test('have the variables that follow, which an answer is not', () => {
    const text = [
      fenced('graphql', '# One\nquery One($first: Int) { employees(first: $first) { nodes { name } } }'),
      'with\n',
      fenced('json', '{ "first": 3 }'),
      fenced('json', '{ "data": { "employees": {} } }'),
      fenced('graphql', '# Two\nquery Two { me { permissions } }'),
      fenced('json', '{ "data": { "me": {} } }'),
      fenced('graphql', '# Three\nquery Three($first: Int) { employees(first: $first) { nodes { name } } }'),
      fenced('graphql', '# Four\nquery Four($id: ID!) { actionPlan(id: $id) { id } }'),
      fenced('json', '{ "id": "plan_1" }'),
    ].join('\n');
    const variables = findReadyQueries(text).map((query) => query.variables);
    expect(variables).toEqual(['{ "first": 3 }', null, null, '{ "id": "plan_1" }']);
  });

  test('are found whatever ends a line, and need not be there', () => {
    expect(findReadyQueries('```graphql\r\n# Title\r\nquery Q { a }\r\n```\r\n')).toHaveLength(1);
    expect(findReadyQueries('# A text without queries\n')).toEqual([]);
  });
});

test('the ready queries of the README are named, valid in form, and come with valid JSON', () => {
  expect(readyQueries).not.toHaveLength(0);
  for (const { operationName, query, variables } of readyQueries) {
    expect(operationName).not.toBeNull();
    parse(query);
    if (variables !== null) JSON.parse(variables);
  }
});

describe('the explorer in a browser', () => {
  let service: TestService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** What a user would not want to see, or would not know of. */
  let faults: string[];

  beforeAll(async () => {
    [service, browser] = await Promise.all([startTestService({ explorer: true }), launchChromium()]);
  });

  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  beforeEach(async () => {
    faults = [];
    context = await browser.newContext();
    context.on('request', (request) => {
      if (new URL(request.url()).origin !== service.url) faults.push(`asked elsewhere: ${request.url()}`);
    });
    context.on('requestfailed', (request) => {
      // A page that is left takes along what it was still loading.
      const reason = request.failure()?.errorText;
      if (reason !== 'net::ERR_ABORTED') faults.push(`failed (${reason}): ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
    });
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => faults.push(`thrown: ${error.error().message}`));
    page = await context.newPage();
  });

  afterEach(() => context.close());

  const editorText = (text: string) => page.locator('.graphiql-query-editor .view-lines').filter({ hasText: text });
  const tabNames = () => page.locator('[id^="graphiql-session-tab-"]').allTextContents();
  const eyes = () => page.getByLabel('Look through the eyes of');

  /** All that the browser keeps. */
  const readStorage = () => page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');

  async function waitUntilKept(text: string) {
    while (!(await readStorage()).includes(text)) await page.evaluate('new Promise(requestAnimationFrame)');
  }

  async function openExplorer() {
    await page.goto(service.url);
    await editorText(readyQueries[0]!.title).waitFor();
    await page.locator('.result-window .monaco-editor').waitFor();
  }

  /** Presses the button, and waits for a text in the answer. */
  async function runAndSee(text: string) {
    await page.getByRole('button', { name: 'Execute query' }).click();
    await page.locator('.result-window').filter({ hasText: text }).waitFor();
  }

  test('has a tab for each query of the README, and runs them as Ally', async () => {
    await openExplorer();
    expect(await page.title()).toBe('career-conversations explorer');
    expect(await tabNames()).toEqual(readyQueries.map(({ operationName }) => operationName));
    await runAndSee('Ally Adventure');
    for (const { title, operationName } of readyQueries) {
      await page.getByRole('tab').getByText(operationName!, { exact: true }).click();
      await editorText(title).waitFor();
    }
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByText('Root Types').waitFor();
    expect(faults).toEqual([]);
  });

  test('looks through the eyes that are chosen', async () => {
    await openExplorer();
    await eyes().selectOption("Morgan Summit, Ally's manager");
    await runAndSee('"Morgan Summit"');
    expect(faults).toEqual([]);
    await eyes().selectOption('Nobody (no token)');
    await runAndSee('UNAUTHENTICATED');
  });

  test('takes a token where there are no eyes to choose from', async () => {
    await page.route('**/development/eyes', (route) => route.fulfill({ status: 404 }));
    await openExplorer();
    await page.getByLabel('Token').fill(`Bearer ${await service.token(HR_ADMIN)}`);
    await runAndSee('Jordan Lake');
  });

  test('keeps what was typed over a reload, but no token', async () => {
    await openExplorer();
    await eyes().selectOption('Jordan Lake, HR admin');
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('# mine ');
    await waitUntilKept('# mine');
    await page.reload();
    await editorText('# mine').waitFor();
    expect(await tabNames()).toEqual(readyQueries.map(({ operationName }) => operationName));
    const kept = await readStorage();
    expect(kept).not.toContain(await eyes().inputValue());
    expect(kept).not.toMatch(/eyJ/); // how every token starts
    expect(faults).toEqual([]);
  });
});
