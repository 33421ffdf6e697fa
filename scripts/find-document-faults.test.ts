import { describe, expect, it } from 'vitest';
import { findDocumentFaults } from './find-document-faults.mjs';

const surroundings = { exists: (path: string) => path === 'docs/there.md', scripts: new Set(['lint']) };
const faultsOf = (path: string, text: string) => findDocumentFaults([{ path, text }], surroundings);
const record = (body: string) =>
  `# 0001. Title\n\n2026-11-20\n\n## Context\n\n${body}\n\n## Decision\n\n## Consequences\n`;

describe('findDocumentFaults', () => {
  it('reports a link to a file that does not exist, resolved from the document', () => {
    expect(faultsOf('docs/a.md', '[ok](there.md#part) [web](https://example.com) [here](#part)')).toEqual([]);
    expect(faultsOf('a.md', 'text\n[gone](there.md)')).toEqual([
      { path: 'a.md', line: 2, what: 'links to there.md, which does not exist' },
    ]);
  });

  it('reports a command that package.json does not have', () => {
    expect(faultsOf('a.md', 'npm run lint')).toEqual([]);
    expect(faultsOf('a.md', 'npm run lnit.')).toHaveLength(1);
  });

  it('accepts a decision record that is dated, complete and short', () => {
    expect(faultsOf('docs/decisions/0001-a.md', record('why'))).toEqual([]);
  });

  it.each([
    ['longer than a page', 'docs/decisions/0001-a.md', record('why\n'.repeat(40))],
    ['undated', 'docs/decisions/0001-a.md', record('why').replace('2026-11-20', 'today')],
    ['without its decision', 'docs/decisions/0001-a.md', record('why').replace('## Decision', '')],
    ['misnamed', 'docs/decisions/1-a.md', record('why')],
  ])('reports a decision record that is %s', (_what, path, text) => {
    expect(faultsOf(path, text)).toHaveLength(1);
  });

  it('reports a number used twice', () => {
    const files = ['docs/decisions/0001-a.md', 'docs/decisions/0001-b.md'].map((path) => ({
      path,
      text: record('why'),
    }));
    expect(findDocumentFaults(files, surroundings).map(({ what }) => what)).toEqual(['number 0001 is taken']);
  });
});
