import type { Role } from '@pointsman/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signInAs } from '../act-as.ts';
import { startGateway, type TestGateway } from '../start-gateway.ts';
import { type Operation, readOperations, sampleOf } from './api-document.ts';
import { createRival, type Rival } from './rival.ts';

// Every route of the admin API, asked for another client's things by everybody who may not have them. A route added
// tomorrow is in here too: it is read from the description that the gateway publishes.

let gateway: TestGateway;
let rival: Rival;
let operations: Operation[];

beforeAll(async () => {
  gateway = await startGateway();
  rival = await createRival(gateway);
  operations = await readOperations(gateway.origin);
});
afterAll(() => gateway.close());

/** Path parameters that name nothing of a client: what stands there instead. */
const NEUTRAL: Record<string, string> = { version: '1', v: '1' };

/** Refused for what is in it whoever asks, and named no client. */
const NOTHING_TO_CROSS = new Set<string>([]);

function attackOn({ method, path, parameters, body }: Operation): { url: string; init: RequestInit } {
  const segments = path.split('/').filter((segment) => segment !== '');
  const filled = segments.map((segment, index) => {
    const name = /^\{(.+?)\}$/.exec(segment)?.[1];
    if (name === undefined) return segment;
    return rival.identifiers[segments[index - 1] ?? ''] ?? rival.identifiers[name] ?? NEUTRAL[name] ?? 'nothing';
  });
  const query = new URLSearchParams();
  for (const { name, in: where, required, schema } of parameters) {
    if (where !== 'query') continue;
    const theirs = rival.identifiers[name];
    if (theirs !== undefined) query.set(name, theirs);
    else if (required) query.set(name, String(sampleOf(schema, {})));
  }
  const url = `${gateway.origin}/api/${filled.join('/')}${query.size > 0 ? `?${query}` : ''}`;
  const sample = body && JSON.stringify(sampleOf(body, { client: rival.clientId, clientId: rival.clientId }));
  return { url, init: { method, ...(sample !== undefined && { body: sample }) } };
}

/** What is wrong with the answer that an intruder got; undefined: nothing is. */
async function leakOf(operation: Operation, token: string): Promise<string | undefined> {
  const { url, init } = attackOn(operation);
  const answer = await fetch(url, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(5_000),
  });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const text = isStream ? '' : await answer.text();
  if (isStream) await answer.body?.cancel();
  const name = `${operation.method} ${operation.path}`;
  // A body that is refused for its shape proves nothing about who may send it.
  if (answer.status === 400 && !NOTHING_TO_CROSS.has(name)) return `${name} -> 400, mend the attack: ${text}`;
  if (answer.status >= 500) return `${name} -> ${answer.status}: ${text}`;
  // What the intruder asked with may be said back in a refusal; what is behind it may not.
  const asked = `${url} ${String(init.body ?? '')}`;
  const leaked = rival.marks.filter(
    (mark) => text.includes(mark) && !(answer.status >= 400 && decodeURIComponent(asked).includes(mark)),
  );
  if (leaked.length > 0) return `${name} -> ${answer.status} says ${leaked.join(', ')}`;
  const namesRival = rival.marks.some((mark) => decodeURIComponent(asked).includes(mark));
  return answer.ok && namesRival
    ? `${name} -> ${answer.status}: answered for another's client: ${text.slice(0, 200)}`
    : undefined;
}

/** Everything of the rival that a request could have changed. */
async function stateOfRival() {
  const { clients, keys, policies, users, decisions } = gateway.deps.repositories;
  return {
    client: (await clients.list()).find(({ id }) => id === rival.clientId),
    keys: await keys.list(rival.clientId),
    policies: await policies.list(rival.clientId),
    users: (await users.list()).filter(({ clientId }) => clientId === rival.clientId),
    decision: await decisions.get(rival.identifiers.decisions ?? ''),
  };
}

/** Routes about one's own session only. */
const ENDS_SESSION = new Set(['/sign-out', '/auth/sign-out', '/auth/change-password']);

const INTRUDERS: { role: Role; ofAcme: boolean }[] = [
  { role: 'client-owner', ofAcme: true },
  { role: 'client-member', ofAcme: true },
  { role: 'annotator', ofAcme: false },
];

describe.each(INTRUDERS)('a $role of another client', ({ role, ofAcme }) => {
  test('reads nothing and changes nothing of a client that is not theirs, on any route', async () => {
    const before = await stateOfRival();
    const token = await signInAs(gateway, role, ofAcme ? gateway.clientId : undefined);
    const leaks: (string | undefined)[] = [];
    for (const operation of operations.filter((each) => !each.isPublic && !ENDS_SESSION.has(each.path))) {
      leaks.push(await leakOf(operation, token));
    }
    expect(leaks.filter((leak) => leak !== undefined)).toEqual([]);
    expect(await stateOfRival()).toEqual(before);
  });
});

test('a key of one client reads nothing of another', async () => {
  const key = (await gateway.addClient({ name: 'Reader' }, { scopes: ['read'] })).apiKey;
  const leaks = await Promise.all(operations.filter(({ isPublic }) => !isPublic).map((each) => leakOf(each, key)));
  expect(leaks.filter((leak) => leak !== undefined)).toEqual([]);
});

test('nobody reads anything without signing in', async () => {
  const answers = await Promise.all(
    operations
      .filter(({ isPublic }) => !isPublic)
      .map(async (operation) => {
        const { url, init } = attackOn(operation);
        const headers = { 'content-type': 'application/json' };
        const { status } = await fetch(url, { ...init, headers });
        return { route: `${operation.method} ${operation.path}`, status };
      }),
  );
  expect(answers.filter(({ status }) => status !== 401)).toEqual([]);
});

test('the same questions are answered to an operator: what was refused above was there to be had', async () => {
  const token = await signInAs(gateway, 'operator');
  const about = operations.filter((operation) => {
    const { url } = attackOn(operation);
    return operation.method === 'GET' && rival.marks.some((mark) => decodeURIComponent(url).includes(mark));
  });
  expect(about.length).toBeGreaterThan(10);
  const missed: string[] = [];
  for (const operation of about) {
    if ((await leakOf(operation, token)) === undefined) missed.push(operation.path);
  }
  expect(missed).toEqual([]);
});
