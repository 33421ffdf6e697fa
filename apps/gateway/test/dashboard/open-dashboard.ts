import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Role } from '@pointsman/contracts';
import { projectRoot, type Requirement } from '@pointsman/testkit';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startGateway, type TestGateway, type TestGatewayOptions } from '../start-gateway.ts';
import { openBrowser } from './open-browser.ts';

export const PASSWORD = 'a long enough password';

export type View = { width: number; height: number };
export const DESKTOP: View = { width: 1440, height: 900 };
export const PHONE: View = { width: 390, height: 844 };

export type TestDashboard = {
  gateway: TestGateway;
  browser: Browser;
  /** A page of a browser of its own, in which somebody of this role is signed in. Client roles belong to the first client unless told. */
  signedIn(
    role: Role,
    options?: { clientId?: string; view?: View; language?: 'en' | 'fr'; dark?: boolean },
  ): Promise<Page>;
  /** A page in which nobody is signed in. */
  stranger(view?: View): Promise<Page>;
  close(): Promise<void>;
};

const ofClient = (role: Role) => role === 'client-owner' || role === 'client-member';

/** The whole stack on a database of its own, the built dashboard, and a browser. */
export async function openDashboard(options: TestGatewayOptions = {}): Promise<Requirement<TestDashboard>> {
  const browser = await openBrowser();
  if (!browser.available) return browser;
  // Nothing to do under `npm test`; whoever runs one test alone gets the pages of the sources as they are.
  await promisify(execFile)(process.execPath, [join(projectRoot(), 'scripts/dashboard.mjs')]);
  const gateway = await startGateway(options);
  const stranger = async (view: View = DESKTOP) => openPage(await newContext(browser.value, gateway, { view }));
  let people = 0;
  return {
    available: true,
    value: {
      gateway,
      browser: browser.value,
      stranger,
      async signedIn(role, { clientId = gateway.clientId, ...look } = {}) {
        people += 1;
        const email = `${role}-${people}@pointsman.example`;
        await gateway.deps.repositories.users.create({
          email,
          password: PASSWORD,
          role,
          ...(ofClient(role) && { clientId }),
        });
        const context = await newContext(browser.value, gateway, look);
        await signIn(context, gateway, email);
        return openPage(context);
      },
      async close() {
        await browser.value.close();
        await gateway.close();
      },
    },
  };
}

type Look = { view?: View; language?: 'en' | 'fr'; dark?: boolean };

const newContext = (browser: Browser, gateway: TestGateway, { view = DESKTOP, language = 'en', dark = false }: Look) =>
  browser.newContext({
    baseURL: gateway.origin,
    viewport: view,
    locale: language,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

async function signIn(context: BrowserContext, gateway: TestGateway, email: string): Promise<void> {
  // The session comes as a cookie, as it does to a browser.
  const answer = await context.request.post('/api/auth/sign-in/email', {
    data: { email, password: PASSWORD },
    headers: { origin: gateway.origin },
  });
  if (!answer.ok()) throw new Error(`${email} cannot sign in at ${gateway.origin}: ${await answer.text()}`);
}
