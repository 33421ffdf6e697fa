import type { AuditEnding, AuditRecord, User } from '@pointsman/db';
import { fakeClock } from '@pointsman/testkit';
import { describe, expect, test } from 'vitest';
import { recordSignIns } from './record-sign-ins.ts';

function logged() {
  const clock = fakeClock(0);
  const entries: (AuditRecord & AuditEnding)[] = [];
  const auditLog = {
    start: () => Promise.reject(new Error('not used')),
    finish: () => Promise.reject(new Error('not used')),
    list: () => Promise.reject(new Error('not used')),
    add: async (record: AuditRecord, ending: AuditEnding) => void entries.push({ ...record, ...ending }),
  };
  return { clock, entries, signIns: recordSignIns({ auditLog }, clock.now) };
}

const ann: User = {
  id: 'usr_1',
  email: 'ann@example.org',
  name: 'Ann',
  role: 'operator',
  clientId: undefined,
  createdAt: '2026-11-21T00:00:00.000Z',
  disabledAt: undefined,
};

describe('the record of who came in', () => {
  test('names the person, or what was typed', async () => {
    const { entries, signIns } = logged();
    await signIns.record({ email: 'ANN@example.org', user: ann, how: 'password' });
    await signIns.record({ email: ' Bob@Example.org ', user: undefined, how: 'password' });
    await signIns.record({ user: undefined, how: 'provider of identities' });
    expect(entries.map(({ actor, outcome }) => [actor, outcome])).toEqual([
      ['ann@example.org', 'done'],
      ['bob@example.org', 'refused'],
      ['unknown', 'refused'],
    ]);
  });

  test('cannot be flooded: what fails too often is counted, and those who come in are still named', async () => {
    const { clock, entries, signIns } = logged();
    for (let n = 0; n < 100; n++) await signIns.record({ email: `${n}@example.org`, user: undefined, how: 'password' });
    expect(entries).toHaveLength(60);
    await signIns.record({ user: ann, how: 'password' });
    expect(entries).toHaveLength(61);
    clock.advance(60_000);
    await signIns.record({ email: 'next@example.org', user: undefined, how: 'password' });
    expect(entries.slice(61)).toMatchObject([
      { actor: 'several', details: { more: 40 } },
      { actor: 'next@example.org' },
    ]);
  });
});
