import { GatewayError } from '@pointsman/contracts';
import type { Context } from 'hono';
import type { AdminApi } from './admin-api.ts';
import { askBetterAuth, refusalOf } from './ask-better-auth.ts';

/** The same whether the address is unknown or the password wrong. */
export const wrongCredentials = () =>
  new GatewayError('invalid_api_key', 'The e-mail address or the password is wrong.');

/** Opens a session in the browser that asks. @throws GatewayError `invalid_api_key`, `rate_limit_exceeded`. */
export async function signInWithPassword(
  c: Context,
  { deps, repositories, gate, signIns }: AdminApi,
  credentials: { email: string; password: string },
): Promise<void> {
  const email = credentials.email.trim().toLowerCase();
  const body = { email, password: credentials.password };
  const answer = await gate.attempt(email, async () => {
    const tried = await askBetterAuth(c, deps.signIn, { path: '/sign-in/email', body });
    // 400: better-auth does not take the address for one.
    return tried.status === 401 || tried.status === 400 ? undefined : tried;
  });
  if (answer !== undefined && !answer.ok) throw await refusalOf(answer);
  const user = answer && (await repositories.users.findByEmail(email));
  await signIns.record({ email, user, how: 'password' });
  if (answer === undefined) throw wrongCredentials();
}
