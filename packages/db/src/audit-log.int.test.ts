import { describe, expect, it } from 'vitest';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();
const record = (actor: string, more: { action?: string; clientId?: string } = {}) => ({
  actor,
  role: 'operator',
  action: 'POST /clients',
  summary: 'Create a client',
  details: { name: 'acme' },
  ...more,
});

describe('the audit log', () => {
  it('says that a change began before it says how it ended', async () => {
    const { auditLog } = test.repositories();
    const id = await auditLog.start(record('begin@example.com'));
    const entry = async () => (await auditLog.list({ actor: 'begin@example.com', limit: 9 })).data;
    expect(await entry()).toMatchObject([{ id, outcome: 'started', details: { name: 'acme' } }]);
    await auditLog.finish(id, { outcome: 'done', status: 201, clientId: 'cli_new' });
    expect(await entry()).toMatchObject([{ id, outcome: 'done', status: 201, clientId: 'cli_new' }]);
  });

  it('is written once: nobody changes, deletes or empties it', async () => {
    const { auditLog } = test.repositories();
    const id = await auditLog.start(record('once@example.com'));
    await auditLog.finish(id, { outcome: 'refused', status: 403 });
    await expect(auditLog.finish(id, { outcome: 'done', status: 200 })).rejects.toThrow('written once');
    const { pool } = test.get().database;
    await expect(pool.query('delete from audit_log')).rejects.toThrow('written once');
    await expect(pool.query('truncate audit_log')).rejects.toThrow('written once');
  });

  it('is read page by page, newest first, by person, action, client, outcome and period', async () => {
    const { auditLog, clients } = test.repositories();
    const client = await clients.create({ name: 'Paged' });
    for (const action of ['a', 'b', 'c']) {
      await auditLog.add(record('pages@example.com', { action, clientId: client.id }), { outcome: 'done' });
    }
    await auditLog.add(record('other@example.com', { action: 'a' }), { outcome: 'failed' });
    const first = await auditLog.list({ actor: 'pages@example.com', limit: 2 });
    expect(first.data.map(({ action }) => action)).toEqual(['c', 'b']);
    const second = await auditLog.list({ actor: 'pages@example.com', limit: 2, before: first.next });
    expect(second).toMatchObject({ data: [{ action: 'a', clientName: 'Paged' }] });
    expect(second.next).toBeUndefined();
    expect((await auditLog.list({ clientId: client.id, action: 'b', limit: 9 })).data).toHaveLength(1);
    expect((await auditLog.list({ outcome: 'failed', limit: 9 })).data).toMatchObject([{ actor: 'other@example.com' }]);
    const from = new Date(Date.parse(first.data[0]?.at ?? '') + 60_000);
    expect((await auditLog.list({ from, limit: 9 })).data).toEqual([]);
    expect((await auditLog.list({ actor: 'pages@example.com', to: from, limit: 9 })).data).toHaveLength(3);
  });
});
