import { beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '../testing/use-test-database.ts';
import type { NewSample } from './request-samples.ts';

const test = useTestDatabase();
const samples = () => test.repositories().requestSamples;
const AT = Date.parse('2026-11-10T12:00:00Z');
const DAY_MS = 86_400_000;

let acme: string;
let globex: string;
beforeAll(async () => {
  const { clients } = test.repositories();
  acme = (await clients.create({ name: 'acme', sampling: { share: 1, retentionDays: 30 } })).id;
  globex = (await clients.create({ name: 'globex', sampling: { share: 1, retentionDays: 30 } })).id;
});

let made = 0;
function sample(changes: Partial<NewSample> = {}): NewSample {
  made += 1;
  return {
    decisionId: `dec_${made.toString(16).padStart(12, '0')}70008${made.toString(16).padStart(15, '0')}`,
    clientId: acme,
    at: new Date(AT + made).toISOString(),
    retentionDays: 30,
    endUser: undefined,
    modelId: 'openai/gpt-4.1',
    domain: 'legal',
    task: 'answer',
    messages: [{ role: 'user', content: 'May I?' }],
    reply: 'You may.',
    ...changes,
  };
}
const idsOf = (page: { samples: { decisionId: string }[] }) => page.samples.map(({ decisionId }) => decisionId);

describe('stored samples', () => {
  it('come back as they were given, with the day on which they are erased', async () => {
    const given = sample({ reply: 'a NUL \u0000 and half a pair \ud83d', clientId: globex, domain: undefined });
    await samples().add([given]);
    await samples().add([{ ...given, reply: 'twice' }]);
    const { retentionDays: _days, endUser: _user, ...facts } = given;
    expect((await samples().list({ clientId: globex, limit: 10 })).samples).toEqual([
      {
        ...facts,
        reply: 'a NUL \ufffd and half a pair \ufffd',
        expiresAt: new Date(Date.parse(given.at) + 30 * DAY_MS).toISOString(),
        batch: undefined,
      },
    ]);
  });

  it('are listed newest first, by client, domain and task, a page at a time', async () => {
    const given = [sample({ task: 'write' }), sample({ domain: 'travel' }), sample(), sample({ clientId: globex })];
    await samples().add(given);
    const ids = given.map(({ decisionId }) => decisionId);
    const first = await samples().list({ clientId: acme, limit: 2 });
    expect(idsOf(first)).toEqual([ids[2], ids[1]]);
    const rest = await samples().list({ clientId: acme, limit: 2, before: first.next });
    expect([idsOf(rest), rest.next]).toEqual([[ids[0]], undefined]);
    expect(idsOf(await samples().list({ clientId: acme, domain: 'travel', limit: 9 }))).toEqual([ids[1]]);
    expect(idsOf(await samples().list({ clientId: acme, task: 'write', limit: 9 }))).toEqual([ids[0]]);
    await expect(samples().list({ limit: 1, before: 'yesterday' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('are open until they are in a batch', async () => {
    const [one, two] = [sample(), sample()];
    await samples().add([one, two]);
    const uuid = one.decisionId.replace('dec_', '');
    await test.get().database.pool.query(`update request_samples set batch = 'bat_1' where decision_id = $1`, [uuid]);
    const open = idsOf(await samples().list({ open: true, limit: 500 }));
    expect(open).not.toContain(one.decisionId);
    expect(open).toContain(two.decisionId);
    expect((await samples().list({ limit: 500 })).samples.map(({ batch }) => batch)).toContain('bat_1');
  });

  it('are erased for one end user of one client, or for the whole client', async () => {
    const mine = sample({ endUser: 'ann@acme.example' });
    const theirs = sample({ endUser: 'bob@acme.example' });
    const elsewhere = sample({ endUser: 'ann@acme.example', clientId: globex });
    await samples().add([mine, theirs, elsewhere]);
    expect(await samples().erase(acme, 'ann@acme.example')).toBe(1);
    const left = idsOf(await samples().list({ limit: 500 }));
    expect(left).not.toContain(mine.decisionId);
    expect(left).toEqual(expect.arrayContaining([theirs.decisionId, elsewhere.decisionId]));
    expect((await samples().stored(acme)).stored).toBeGreaterThan(0);
    await samples().erase(acme);
    expect(await samples().stored(acme)).toEqual({ stored: 0, oldestAt: undefined });
    expect((await samples().stored(globex)).stored).toBeGreaterThan(0);
  });

  it('are gone after the time promised, and sooner when the client shortens it', async () => {
    const { clients } = test.repositories();
    const { id } = await clients.create({ name: 'brief', sampling: { share: 1, retentionDays: 90 } });
    const old = sample({ clientId: id, retentionDays: 10 });
    const young = sample({ clientId: id, retentionDays: 90 });
    await samples().add([old, young]);
    await samples().purge(AT + 9 * DAY_MS);
    expect((await samples().stored(id)).stored).toBe(2);
    await samples().purge(AT + 11 * DAY_MS);
    expect(idsOf(await samples().list({ clientId: id, limit: 9 }))).toEqual([young.decisionId]);
    await clients.update(id, { sampling: { share: 1, retentionDays: 20 } });
    await samples().purge(AT + 21 * DAY_MS);
    expect((await samples().stored(id)).stored).toBe(0);
  });

  it('say nothing of who the end user is', async () => {
    await samples().add([sample({ endUser: 'carol@acme.example' })]);
    const { rows } = await test.get().database.pool.query('select request_samples::text as text from request_samples');
    expect(JSON.stringify(rows)).not.toContain('carol');
  });
});
