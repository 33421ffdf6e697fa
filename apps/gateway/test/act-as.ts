import type { Role } from '@pointsman/contracts';
import type { TestGateway } from './start-gateway.ts';

export type ApiAnswer = { status: number; body: unknown };
export type ApiCall = (method: string, path: string, body?: object) => Promise<ApiAnswer>;

/** Whoever belongs to this token or key, at the admin API. */
export const callApi =
  (gateway: TestGateway, token: string): ApiCall =>
  async (method, path, body) => {
    const answer = await fetch(`${gateway.origin}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };

/** The token of a new user of this role, signed in. */
export async function signInAs(gateway: TestGateway, role: Role, clientId?: string): Promise<string> {
  const email = `${role}-${clientId ?? 'all'}-${Math.random()}@pointsman.example`;
  const password = 'a long enough password';
  await gateway.deps.repositories.users.create({ email, password, role, clientId });
  const answer = await fetch(`${gateway.origin}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`${email} cannot sign in: ${await answer.text()}`);
  return ((await answer.json()) as { token: string }).token;
}
