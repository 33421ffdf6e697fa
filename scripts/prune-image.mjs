import { cpSync, globSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Takes out of a deployed app what an image never uses (240 MB of other machines' onnxruntime, tests, type
 * declarations) and adds the health check.
 * @param {string} folder what `pnpm deploy` made
 */
export function pruneImage(folder) {
  for (const platforms of globSync('node_modules/.pnpm/onnxruntime-node@*/node_modules/onnxruntime-node/bin/napi-v*', {
    cwd: folder,
  })) {
    keepOnly(join(folder, platforms), process.platform);
    keepOnly(join(folder, platforms, process.platform), process.arch);
  }
  const ours = ['dist', ...globSync('node_modules/.pnpm/@pointsman*/node_modules/@pointsman/*/dist', { cwd: folder })];
  for (const dist of ours) pruneDist(join(folder, dist));
  cpSync(fileURLToPath(new URL('./healthcheck.mjs', import.meta.url)), join(folder, 'healthcheck.mjs'));
}

/**
 * @param {string} folder
 * @param {string} name
 */
function keepOnly(folder, name) {
  for (const entry of readdirSync(folder)) {
    if (entry !== name) rmSync(join(folder, entry), { recursive: true });
  }
}

/** @param {string} dist */
function pruneDist(dist) {
  for (const name of ['test', 'bench', 'demo', '.tsbuildinfo'])
    rmSync(join(dist, name), { recursive: true, force: true });
  for (const path of globSync('**/*.{d.ts,test.js,test.js.map}', { cwd: dist })) rmSync(join(dist, path));
}

const [folder] = process.argv.slice(2);
if (import.meta.main && folder !== undefined) pruneImage(folder);
