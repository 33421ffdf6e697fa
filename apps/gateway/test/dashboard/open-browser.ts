import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { missing, type Requirement } from '@pointsman/testkit';
import { type Browser, chromium } from 'playwright-core';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = PROGRAMS.flatMap((program) => folders.map((folder) => `${folder}/${program}`));
  return process.env.CHROMIUM_PATH ?? paths.find((path) => existsSync(path));
}

/** A headless Chromium with a profile of its own. */
export async function openBrowser(): Promise<Requirement<Browser>> {
  const executablePath = findBrowser();
  if (executablePath === undefined) return missing('install chromium (or set CHROMIUM_PATH) to run the browser tests');
  const browser = await chromium.launch({ executablePath, args: FLAGS, headless: true });
  return { available: true, value: browser };
}
