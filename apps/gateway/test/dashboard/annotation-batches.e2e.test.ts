import { createAnnotationQueue } from '@pointsman/annotation';
import type { AnnotationAnswers } from '@pointsman/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PHONE, type TestDashboard } from './open-dashboard.ts';

const opened = await openDashboard();

const HOSTILE = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>';
const line = (index: number) => ({
  caseId: `returns-${index}`,
  model: 'acme/secret-model',
  domain: 'e-commerce',
  task: 'answer',
  language: 'en',
  messages: [{ role: 'user', text: `Until when can I send item ${index} back?` }],
  reply: `Thirty days (${index}). ${HOSTILE}`,
});
const file = (count: number) => Array.from({ length: count }, (_, index) => JSON.stringify(line(index))).join('\n');

describe.skipIf(!opened.available)('annotation batches', () => {
  let dashboard: TestDashboard;
  let operator: Page;
  let queue: ReturnType<typeof createAnnotationQueue>;
  beforeAll(async () => {
    if (!opened.available) throw new Error('tests of a skipped suite do not run');
    dashboard = opened.value;
    const { repositories } = dashboard.gateway.deps;
    queue = createAnnotationQueue({ repositories, now: Date.now });
    operator = await dashboard.signedIn('operator');
  });
  afterAll(() => dashboard.close());

  const soundAndNarrow = async (page: Page) => {
    expect(await findViolations(page)).toEqual([]);
    const before = page.viewportSize();
    await page.setViewportSize(PHONE);
    expect([await findViolations(page), await scrollsSideways(page)]).toEqual([[], false]);
    if (before) await page.setViewportSize(before);
  };

  async function rate(rater: string, batchId: string, answers: AnnotationAnswers): Promise<void> {
    const { items } = await queue.next(rater, { batch: batchId, count: 10 });
    for (const { id } of items) await queue.submit(rater, id, { revision: 1, answers, comment: HOSTILE });
  }

  test('are made from a file, with the raters that the ceiling takes told before', async () => {
    await operator.goto('/annotation/batches');
    await operator.getByText('No batch yet.').waitFor();
    await soundAndNarrow(operator);
    await operator.getByRole('button', { name: 'New batch' }).click();
    const dialog = operator.getByRole('dialog', { name: 'New batch' });
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Returns');
    await dialog.getByText('File', { exact: true }).click();
    await dialog.locator('input[type="file"]').setInputFiles({
      name: 'replies.jsonl',
      mimeType: 'application/jsonl',
      buffer: Buffer.from(file(4)),
    });
    await dialog.getByRole('textbox', { name: 'Ceiling wanted' }).fill('0.8');
    for (const dimension of ['Factual accuracy', 'Coherence', 'Relevance', 'Completeness'])
      await dialog.getByRole('checkbox', { name: dimension }).uncheck();
    // By an ICC of 0.5 two raters reach 0.816.
    await dialog.getByRole('row', { name: /^Tone 2 ≈ 0\.816/ }).waitFor();
    expect(await findViolations(operator)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make the batch' }).click();
    await operator.getByRole('heading', { name: 'Returns', level: 1 }).waitFor();
    await operator.getByText('Nobody has rated anything yet.').waitFor();
    await operator.getByRole('cell', { name: 'acme/secret-model' }).first().waitFor();
  });

  test('show what raters do while they do it, their disagreements, and text as text', async () => {
    const { id } = await queue.openBatch(
      {
        title: 'Live',
        source: { kind: 'file', format: 'jsonl', content: file(3) },
        dimensions: ['tone', 'safety'],
        targetCeiling: 0.8,
        goldShare: 0,
      },
      'boss',
    );
    await operator.goto(`/annotation/batches/${id}`);
    await operator.getByText('Nobody has rated anything yet.').waitFor();
    const ana = await dashboard.gateway.deps.repositories.users.create({
      email: 'ana@raters.example',
      name: 'Ana',
      role: 'annotator',
    });
    await rate(ana.id, id, { tone: 5, safety: 5 });
    await rate('ben', id, { tone: 2, safety: 5 });
    await operator.getByRole('row', { name: /^Ana 3 / }).waitFor();
    await operator.reload();
    await operator.getByText('disputed').first().waitFor();
    await operator.getByRole('heading', { name: 'Agreement by dimension' }).waitFor();
    await soundAndNarrow(operator);
    expect(await operator.title()).toContain('Live');
    await operator.getByRole('button', { name: 'Pause' }).click();
    await operator.getByRole('button', { name: 'Open again' }).waitFor();
  });

  test('have their disagreements settled by a third person, who is told no names', async () => {
    const cy = await dashboard.signedIn('annotator', { dark: true });
    await cy.goto('/annotation/adjudication');
    await cy.getByText('Live: 3 disagreements waiting').waitFor();
    const tone = cy.getByRole('region', { name: 'Tone' });
    await tone.getByText('2 · 5').waitFor();
    expect(await cy.locator('main').textContent()).not.toMatch(/Ana|ben|secret-model/);
    await soundAndNarrow(cy);
    expect(await cy.title()).not.toBe('taken');
    const settle = cy.getByRole('button', { name: 'Settle' });
    expect(await settle.isDisabled()).toBe(true);
    await tone.getByRole('radio', { name: /^4:/ }).check();
    await settle.click();
    await cy.getByText('Live: 2 disagreements waiting').waitFor();
    await cy.getByRole('button', { name: 'Leave it to others' }).click();
    await cy.getByText('Live: 1 disagreement waiting').waitFor();
    await tone.getByRole('radio', { name: /^3:/ }).check();
    await settle.click();
    await cy.getByText('There is nothing to settle at the moment.').waitFor();
    await soundAndNarrow(cy);
  });

  test('give their ratings out as a file, take others in, and are withdrawn', async () => {
    const { id } = await queue.openBatch(
      { title: 'Files', source: { kind: 'file', format: 'jsonl', content: file(2) }, dimensions: ['tone'] },
      'boss',
    );
    await operator.goto(`/annotation/batches/${id}`);
    await operator.getByRole('button', { name: 'Export' }).click();
    const link = await operator.getByRole('menuitem', { name: 'CSV' }).getAttribute('href');
    const answer = await operator.context().request.get(link ?? '');
    expect(answer.headers()['content-disposition']).toContain(`annotation-${id}.csv`);
    const csv = await answer.text();
    await operator.keyboard.press('Escape');
    await operator.getByRole('button', { name: 'Import ratings' }).click();
    const dialog = operator.getByRole('dialog', { name: 'Import ratings' });
    await dialog.locator('input[type="file"]').setInputFiles({
      name: 'rated.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csv.replace(/,,,,,,,,\r\n/g, ',mia,,,,,4,,\r\n')),
    });
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByText('2 ratings taken in.').waitFor();
    expect(await findViolations(operator)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await operator.getByRole('row', { name: /^mia 2 / }).waitFor();
    await operator.getByRole('button', { name: 'Withdraw' }).click();
    await operator.getByRole('button', { name: 'Confirm' }).click();
    await operator.getByText('withdrawn', { exact: true }).waitFor();
  });

  test('are not for annotators, and customer success only looks', async () => {
    const annotator = await dashboard.signedIn('annotator');
    await annotator.goto('/annotation/batches');
    await annotator.getByText('This is not for your role').waitFor();
    const success = await dashboard.signedIn('customer-success', { language: 'fr' });
    await success.goto('/annotation/batches');
    await success.getByRole('heading', { name: 'Lots d’annotation' }).waitFor();
    await success.getByRole('link', { name: 'Files' }).click();
    await success.getByText('retiré').waitFor();
    expect(await success.getByRole('button', { name: 'Retirer' }).count()).toBe(0);
  });
});
