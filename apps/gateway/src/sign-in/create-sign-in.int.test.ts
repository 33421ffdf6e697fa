import { createHmac } from 'node:crypto';
import { openDatabase, repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSignIn, type SignInGround } from './create-sign-in.ts';

const ORIGIN = 'http://localhost';
const SECRET = 'a secret of more than thirty-two characters';
let made: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  made = await testDatabase();
});
afterAll(() => made.drop());

const signInOn = (database: SignInGround['database'], errors: string[] = []) =>
  createSignIn({
    database,
    repositories: repositories(database),
    secret: SECRET,
    oidc: undefined,
    publicUrl: undefined,
    now: Date.now,
    onError: (message) => errors.push(message),
  });

const cookieOf = (token: string, secret = SECRET) =>
  `pointsman.session_token=${encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`)}`;

describe('a session by cookie', () => {
  test('goes on while it is used, for twelve hours each time', async () => {
    const { pool } = made.database;
    const { id } = await repositories(made.database).users.create({ email: 'ann@example.org', role: 'annotator' });
    const insert = (token: string, hoursLeft: number) =>
      pool.query(
        `insert into sessions (token_hash, user_id, created_at, expires_at)
         values (sha256($1), $2, now() - interval '20 h', now() + $3 * interval '1 h')`,
        [Buffer.from(token), id, hoursLeft],
      );
    await insert('fresh', 11.5);
    await insert('older', 5);
    await insert('over', -1);
    const signIn = signInOn(made.database);
    expect(await signIn.sessionOf(cookieOf('fresh'), ORIGIN)).toMatchObject({ user: { id }, setCookies: [] });
    const renewed = await signIn.sessionOf(cookieOf('older'), ORIGIN);
    expect(renewed?.setCookies.join()).toContain('Max-Age=43200');
    const { rows } = await pool.query(
      `select expires_at > now() + interval '11.9 h' as renewed from sessions where token_hash = sha256('older')`,
    );
    expect(rows).toEqual([{ renewed: true }]);
    expect(await signIn.sessionOf(cookieOf('over'), ORIGIN)).toBeUndefined();
  });

  test('is none when the signature is not ours, whatever the database has', async () => {
    const { id } = await repositories(made.database).users.create({ email: 'bob@example.org', role: 'annotator' });
    await made.database.pool.query(
      `insert into sessions (token_hash, user_id, created_at, expires_at) values (sha256('t'), $1, now(), now() + interval '1 h')`,
      [id],
    );
    const signIn = signInOn(made.database);
    expect(await signIn.sessionOf(cookieOf('t'), ORIGIN)).toBeDefined();
    expect(await signIn.sessionOf(cookieOf('t', 'another secret of the same length, guessed'), ORIGIN)).toBeUndefined();
    expect(await signIn.sessionOf('pointsman.session_token=t', ORIGIN)).toBeUndefined();
  });

  test('is an outage, not a stranger, when the database is away', async () => {
    const away = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' });
    const errors: string[] = [];
    const asked = signInOn(away, errors).sessionOf(cookieOf('t'), ORIGIN);
    await expect(asked).rejects.toMatchObject({ code: 'storage_unavailable' });
    expect(errors.join()).not.toMatch(/sha|hash/i);
    await away.close();
  });
});
