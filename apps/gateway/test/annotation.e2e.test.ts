import type { AnnotationWork, Batch, BatchInput, Role } from '@pointsman/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from './start-gateway.ts';

const PASSWORD = 'correct horse battery';

let gateway: TestGateway;
const tokens: Partial<Record<Role | 'other-annotator', string>> = {};
beforeAll(async () => {
  gateway = await startGateway();
  const people: [keyof typeof tokens, Role, string | undefined][] = [
    ['operator', 'operator', undefined],
    ['customer-success', 'customer-success', undefined],
    ['annotator', 'annotator', undefined],
    ['other-annotator', 'annotator', undefined],
    ['client-owner', 'client-owner', gateway.clientId],
    ['client-member', 'client-member', gateway.clientId],
  ];
  for (const [who, role, clientId] of people) {
    const email = `${who}@example.com`;
    await gateway.deps.repositories.users.create({ email, password: PASSWORD, role, clientId });
    const { body } = await call('POST', '/sign-in', { email, password: PASSWORD });
    tokens[who] = (body as { token: string }).token;
  }
}, 60_000);
afterAll(() => gateway.close());

async function call(method: string, path: string, body?: unknown, who?: keyof typeof tokens) {
  const reply = await fetch(`${gateway.origin}/api${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(who !== undefined && { authorization: `Bearer ${tokens[who]}` }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await reply.text();
  return { status: reply.status, text, body: text.startsWith('{') ? JSON.parse(text) : undefined };
}

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      caseId: `case-${index}`,
      model: 'acme/secret-model',
      domain: 'travel',
      task: 'answer',
      language: 'en',
      messages: [{ role: 'user', text: `Question ${index}` }],
      reply: `Reply ${index}`,
    }),
  ).join('\n');

async function openBatch(over: Partial<BatchInput> = {}, count = 3): Promise<Batch> {
  const source = { kind: 'file', format: 'jsonl', content: lines(count) };
  const { status, body } = await call('POST', '/annotation/batches', { title: 'Travel', source, ...over }, 'operator');
  expect(status).toBe(201);
  return body;
}

const work = async (who: keyof typeof tokens): Promise<AnnotationWork> =>
  (await call('POST', '/annotation/next', {}, who)).body;
const ALL = { factual_accuracy: 4, coherence: 4, relevance: 4, completeness: 4, tone: 4, safety: 5 };

describe('the annotation queue', () => {
  test('takes an annotator from the next item to its submission, and tells nobody’s name', async () => {
    const batch = await openBatch();
    const { items, batches } = await work('annotator');
    expect(items).toHaveLength(3);
    expect(batches[0]?.rubrics).toHaveLength(6);
    const { text } = await call('GET', '/annotation/current', undefined, 'annotator');
    expect(text).not.toContain('secret-model');
    expect(text).not.toContain('gold');
    const id = items[0]?.id;
    const draft = await call(
      'PUT',
      `/annotation/items/${id}/draft`,
      { revision: 1, answers: { tone: 4 } },
      'annotator',
    );
    expect(draft.body).toMatchObject({ saved: true, revision: 1 });
    const said = { revision: 2, answers: ALL, activeMs: 4000 };
    const submitted = await call('POST', `/annotation/items/${id}/submit`, said, 'annotator');
    expect(submitted.body).toMatchObject({ id, revision: 2 });
    expect((await call('GET', '/annotation/progress', undefined, 'annotator')).body).toMatchObject({
      done: 1,
      doneToday: 1,
      held: 2,
      left: 2,
    });
    const detail = (await call('GET', `/annotation/batches/${batch.id}`, undefined, 'customer-success')).body;
    expect(detail).toMatchObject({
      counts: { items: 3, ratings: 1 },
      raterFigures: [{ name: 'annotator@example.com' }],
    });
  });

  test('hides another’s items and disagreements', async () => {
    await openBatch();
    const { items } = await work('annotator');
    const id = items[0]?.id;
    const missing = { status: 404, body: { error: { code: 'not_found' } } };
    for (const who of ['other-annotator', 'operator'] as const) {
      expect(await call('PUT', `/annotation/items/${id}/draft`, { revision: 1, answers: {} }, who)).toMatchObject(
        missing,
      );
      expect(await call('POST', `/annotation/items/${id}/submit`, { revision: 1, answers: ALL }, who)).toMatchObject(
        missing,
      );
      expect(await call('POST', `/annotation/items/${id}/skip`, { reason: 'other' }, who)).toMatchObject(missing);
      expect(await call('POST', `/annotation/adjudication/${id}/skip`, undefined, who)).toMatchObject(missing);
    }
  });

  test('is nothing of clients’ people, and annotators see no batch', async () => {
    const { id } = await openBatch();
    const raters = [
      ['POST', '/annotation/next', {}],
      ['GET', '/annotation/current'],
      ['POST', '/annotation/undo'],
      ['GET', '/annotation/progress'],
      ['POST', '/annotation/adjudication/next'],
    ] as const;
    const operators = [
      ['GET', '/annotation/batches'],
      ['GET', `/annotation/batches/${id}`],
      ['GET', `/annotation/batches/${id}/items`],
      ['GET', `/annotation/batches/${id}/export?format=csv`],
      ['GET', '/annotation/rater-plan'],
      ['PATCH', `/annotation/batches/${id}`, { state: 'paused' }],
      ['POST', `/annotation/batches/${id}/import`, { format: 'csv', content: '' }],
      ['POST', '/annotation/batches', { title: 'x', source: { kind: 'samples' } }],
    ] as const;
    const refused = { status: 403, body: { error: { code: 'permission_denied' } } };
    for (const who of ['client-owner', 'client-member'] as const)
      for (const [method, path, body] of [...raters, ...operators])
        expect(await call(method, path, body, who), `${who} ${method} ${path}`).toMatchObject(refused);
    for (const [method, path, body] of operators)
      expect(await call(method, path, body, 'annotator'), `${method} ${path}`).toMatchObject(refused);
    for (const [method, path, body] of [...raters, ...operators.slice(5)])
      expect(await call(method, path, body, 'customer-success'), `${method} ${path}`).toMatchObject(refused);
  });

  test('gives batches out as files and takes ratings back', async () => {
    const { id } = await openBatch({}, 2);
    const csv = await call('GET', `/annotation/batches/${id}/export?format=csv`, undefined, 'operator');
    expect(csv.text.split('\r\n')).toHaveLength(4);
    const rated = csv.text.replace(/,,,,,,,,\r\n/g, ',mia,4,4,4,4,4,5,\r\n');
    const imported = await call(
      'POST',
      `/annotation/batches/${id}/import`,
      { format: 'csv', content: rated },
      'operator',
    );
    expect(imported).toMatchObject({ status: 200, body: { ratings: 12, bad: [] } });
    const tasks = await call('GET', `/annotation/batches/${id}/export?format=label-studio`, undefined, 'operator');
    expect(JSON.parse(tasks.text)).toHaveLength(2);
    expect(tasks.text).not.toContain('secret-model');
  });

  test('takes files larger than other bodies may be, from operators only', async () => {
    const source = { kind: 'file', format: 'jsonl', content: lines(3).replaceAll('Reply', 'long '.repeat(150_000)) };
    const input = { title: 'Long', source };
    expect((await call('POST', '/annotation/batches', input, 'operator')).status).toBe(201);
    expect((await call('POST', '/annotation/batches', input, 'annotator')).status).toBe(403);
  });

  test('refuses a title that names the model whose replies are rated', async () => {
    const source = { kind: 'file', format: 'jsonl', content: lines(1) };
    const refused = await call('POST', '/annotation/batches', { title: 'Is Secret-Model good?', source }, 'operator');
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
  });
});
