import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Env, Hono } from 'hono';

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

/** The dashboard: its files, and its one page for every address that a browser opens and nothing else answers. */
export function addDashboard<E extends Env>(app: Hono<E>, folder: string | undefined): void {
  if (folder === undefined) return;
  const asset = { 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' };
  app.get('/assets/*', serveStatic({ root: folder, precompressed: true, onFound: setHeaders(asset) }));
  for (const file of ['favicon.svg', 'before-paint.js']) {
    app.get(`/${file}`, serveStatic({ root: folder, path: file, onFound: setHeaders(PAGE_HEADERS) }));
  }
  const page = serveStatic({
    root: folder,
    path: 'index.html',
    precompressed: true,
    onFound: setHeaders(PAGE_HEADERS),
  });
  app.get('*', (c, next) => {
    const wantsPage = c.req.header('accept')?.includes('text/html') && !API_PATHS.test(c.req.path);
    return wantsPage ? page(c, next) : next();
  });
}
