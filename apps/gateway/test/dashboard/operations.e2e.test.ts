import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedCatalog } from '@pointsman/model-catalog';
import { readManifest, shippedArtefactDir, storeArtefact } from '@pointsman/router-model';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectOpenai } from '../connect-openai.ts';
import { trainTestRouter } from '../train-test-router.ts';
import { findViolations } from './find-violations.ts';
import { openDashboard, type TestDashboard } from './open-dashboard.ts';

const opened = await openDashboard();
const dashboard = (): TestDashboard => {
  if (!opened.available) throw new Error('there is no browser here');
  return opened.value;
};
const PAGES = ['/operations', '/router', '/catalog', '/clients'];

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true }).first();
const open = async (page: Page, path: string, title: string) => {
  await page.goto(path);
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
};

describe.skipIf(!opened.available)('the pages of operators', () => {
  let folder: string;
  let stored: string;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pointsman-operators-'));
    await trainTestRouter(folder);
    const { configuration } = dashboard().gateway.deps;
    stored = (await storeArtefact(folder, configuration.artefactsDir)).manifest.version;
    page = await dashboard().signedIn('operator');
  });
  afterAll(async () => {
    if (!opened.available) return;
    await opened.value.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('show a breaker that opens, without a reload', async () => {
    const { gateway } = dashboard();
    await open(page, '/operations', 'Health');
    await page.getByText('Live', { exact: true }).waitFor();
    const providers = page.getByRole('table', { name: 'Providers' });
    const mistral = providers.getByRole('row', { name: /Mistral AI/ });
    await mistral.getByText('closed').waitFor();
    gateway.emulator.script({ match: { model: 'mistral-small-2603' }, fail: { status: 500, message: '<b>busy</b>' } });
    const client = connectOpenai(gateway);
    for (let n = 0; n < 6; n += 1) {
      await client.chat.completions
        .create({ model: 'mistral/mistral-small-2603', messages: [{ role: 'user', content: 'Hello' }] })
        .catch(() => undefined);
    }
    gateway.emulator.clear();
    await mistral.getByText('mistral/mistral-small-2603: open').waitFor();
    const failures = page.getByRole('table', { name: 'Failures' });
    // What a provider says stays text.
    await failures.getByText('500: <b>busy</b>').waitFor();
    await failures.getByText('passing failure').waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  it('show a run as it gets on, without a reload', async () => {
    const { evaluationRuns: runs } = dashboard().gateway.deps.repositories;
    await page.getByText('No run is queued or under way.').waitFor();
    const items = ['one', 'two'].map((caseId, position) => ({ contestant: 0, caseId, caseHash: 'h', position }));
    const { id } = await runs.create({ spec: SPEC, emulated: true, items });
    await runs.start(id);
    await page.getByText('0 of 2 items done (0%)').waitFor();
    await runs.finishItem(id, 0, { caseId: 'one' } as Parameters<typeof runs.finishItem>[2]);
    await page.getByText('1 of 2 items done (50%)').waitFor();
    await runs.end(id, 'stopped', 'the key is refused');
    await page.getByRole('table', { name: 'Ended lately' }).getByText('the key is refused').waitFor();
  });

  it('promote an artefact that is held only for a reason, and roll it back', async () => {
    const { version: shipped } = await readManifest(shippedArtefactDir());
    await open(page, '/router', 'Router');
    await page.getByRole('button', { name: `Promote ${stored}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('No report to judge by').waitFor();
    expect(await findViolations(page)).toEqual([]);
    const force = dialog.getByRole('button', { name: 'Serve it all the same' });
    expect(await force.isDisabled()).toBe(true);
    await dialog.getByLabel('Why serve it all the same').fill('a test of the page');
    await force.click();
    await page.getByText('Loaded by the gateway that answers you').waitFor();
    await page.getByRole('row', { name: new RegExp(`${stored}.*serves`, 'i') }).waitFor();
    await page.getByText('a test of the page').waitFor();
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('Every gateway serves the shipped artefact again').waitFor();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('row', { name: new RegExp(`${shipped}.*serves`, 'i') }).waitFor();
    await section(page, 'History').getByText('rolled back').waitFor();
    await page.getByText('Loaded by the gateway that answers you').waitFor();
  });

  it('take in a catalogue after showing what it changes, and go back', async () => {
    const shipped = shippedCatalog();
    const [first] = shipped.models;
    const models = shipped.models.map((model) => (model.id === first?.id ? { ...model, name: 'Another name' } : model));
    const text = JSON.stringify({ providers: shipped.providers, models });
    await open(page, '/catalog', 'Catalogue');
    const file = { name: 'api.json', mimeType: 'application/json', buffer: Buffer.from(text) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Show what would change' }).click();
    const sync = section(page, 'Bring it up to date');
    await sync.getByText('"Another name"').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await sync.getByRole('button', { name: 'Take it in' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('synced by an operator').waitFor();
    await page.getByRole('button', { name: `Compare ${shipped.version}` }).click();
    await page.getByText(`From the one in use to ${shipped.version}`).waitFor();
    await section(page, 'Versions').getByText('"Another name"').waitFor();
    await page.getByRole('button', { name: `Use ${shipped.version}` }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('comes with this version of Pointsman').waitFor();
  });

  it('create a client, shut it out, let it in again and open it', async () => {
    await open(page, '/clients', 'Clients');
    await page.getByRole('button', { name: 'Create a client' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Client').fill('<i>Zenith</i>');
    await dialog.getByLabel('Budget per month').fill('25');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/\/keys\?client=/);
    await open(page, '/clients?search=zenith', 'Clients');
    await page.getByText('0% of $25.00').waitFor();
    await page.getByRole('button', { name: 'Disable <i>Zenith</i>' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('button', { name: 'Enable <i>Zenith</i>' }).click();
    await page.getByRole('button', { name: 'Disable <i>Zenith</i>' }).waitFor();
    await page.getByRole('link', { name: 'Open <i>Zenith</i>' }).click();
    await page.waitForURL(/\/overview\?client=/);
  });

  it('are not for others: a client has no permission, customer success sees clients and changes none', async () => {
    const owner = await dashboard().signedIn('client-owner');
    for (const path of PAGES) {
      await owner.goto(path);
      await owner.getByText('This is not for your role').waitFor();
    }
    const success = await dashboard().signedIn('customer-success');
    await open(success, '/clients', 'Clients');
    await success.getByRole('link', { name: 'Open acme' }).waitFor();
    expect(await success.getByRole('button', { name: /Create|Disable/ }).count()).toBe(0);
  });
});

const SPEC = {
  benchmark: { name: 'starter', version: 1, hash: 'a'.repeat(64) },
  contestants: [{ model: 'acme/alpha' }],
  judge: { model: 'acme/judge', promptHash: 'p', rubrics: {}, samples: 5, temperature: 0.7, hash: 'j' },
  maxOutputTokens: 2048,
  replicate: 0,
  sequential: false,
  onboarding: false,
  comparison: { minEffect: 0.02, alpha: 0.05 },
  labels: {},
};
