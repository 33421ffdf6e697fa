import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context } from 'hono';

/** From the source, from what is compiled, and in an image. */
const PLACES = ['../../../dashboard/dist/web', '../../../../dashboard/dist/web', '../../../dashboard'];

/** The folder of the built dashboard; undefined when it was not built. */
export function findDashboard(): string | undefined {
  const folders = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return folders.find((folder) => existsSync(join(folder, 'index.html')));
}

/** Scripts of our own only, nobody frames us; Mantine writes its styles into the page. */
const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  // A new build is seen at the next visit; what it names in /assets carries its hash.
  'cache-control': 'no-cache',
};

const setHeaders = (headers: Record<string, string>) => (_path: string, c: Context) => {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
};

const API_PATHS = /^\/(api|v1|livez|readyz|metrics)(\/|$)/;

/** Answers what a browser asks for of the dashboard; undefined for everything else. */
export type ServeDashboard = (c: Context) => Promise<Response | undefined>;

const ASSET_HEADERS = { 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' };
const FILES = ['/favicon.svg', '/before-paint.js'];

/**
 * The dashboard: its files, and its one page for every address that a browser opens. Asked where no route answers, and
 * not a route itself: a wildcard makes Hono take a slower router for every request.
 */
export function createDashboardServer(folder: string | undefined): ServeDashboard {
  if (folder === undefined) return async () => undefined;
  const asset = serveStatic({ root: folder, precompressed: true, onFound: setHeaders(ASSET_HEADERS) });
  const file = serveStatic({ root: folder, onFound: setHeaders(PAGE_HEADERS) });
  const page = serveStatic({
    root: folder,
    path: 'index.html',
    precompressed: true,
    onFound: setHeaders(PAGE_HEADERS),
  });
  return async (c) => {
    const { method, path } = c.req;
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    const wantsPage = c.req.header('accept')?.includes('text/html') === true && !API_PATHS.test(path);
    const serve = path.startsWith('/assets/') ? asset : FILES.includes(path) ? file : wantsPage ? page : undefined;
    return (await serve?.(c, async () => undefined)) ?? undefined;
  };
}
