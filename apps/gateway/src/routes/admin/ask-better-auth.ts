import { GatewayError, type GatewayErrorCode } from '@pointsman/contracts';
import type { Context } from 'hono';
import type { SignIn } from '../../sign-in/create-sign-in.ts';

/** Asks better-auth in the name of this request, and passes on the cookies it sets. A question with a body is a POST. */
export async function askBetterAuth(
  c: Context,
  signIn: SignIn,
  { path, body }: { path: string; body?: unknown },
): Promise<Response> {
  const origin = signIn.originOf((name) => c.req.header(name));
  // Whether it came from a page of ours is decided where the request comes in.
  const headers = new Headers({ origin });
  for (const name of ['cookie', 'user-agent']) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  if (body !== undefined) headers.set('content-type', 'application/json');
  const answer = await signIn.handle(
    new Request(`${origin}/api/auth${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
  return answer;
}

const CODES: Readonly<Record<number, GatewayErrorCode>> = {
  400: 'invalid_request',
  401: 'invalid_api_key',
  403: 'permission_denied',
};

/** What better-auth refused, as the admin API says it. What it takes for a fault of the server is the database's. */
export async function refusalOf(answer: Response): Promise<GatewayError> {
  const text = await answer.text();
  const message = /"message":"([^"]+)"/.exec(text)?.[1];
  return new GatewayError(CODES[answer.status] ?? 'storage_unavailable', message ?? 'Signing in does not work now.');
}
