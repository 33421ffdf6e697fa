import { readFile } from 'node:fs/promises';
import { DIMENSIONS, UNSCORED_WHYS } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { judge } from '../../test/scripted-judge.ts';

const page = await readFile(new URL('../../../../docs/reference/rubrics.md', import.meta.url), 'utf8');

describe('the reference page of the rubrics', () => {
  it.each(DIMENSIONS)('tells of %s question, guidance and choices as the judge gets them', (dimension) => {
    const { title, version, question, guidance, choices } = judge.rubrics[dimension];
    const rows = choices.map(
      (choice) => `| ${choice.letter} | ${choice.rating} | ${choice.score} | ${choice.meaning} |`,
    );
    const section = [
      `### ${title} (\`${dimension}\`, version ${version})`,
      question,
      guidance.map((line) => `- ${line}`).join('\n'),
      ['| choice | rating | score | meaning |', '|---|---|---|---|', ...rows].join('\n'),
    ];
    expect(page).toContain(section.join('\n\n'));
  });

  it('tells how much of each text is shown', () => {
    const { conversation, reference, reply } = judge.prompt.limits;
    const [a, b, c] = [conversation, reference, reply].map((limit) => limit.toLocaleString('en'));
    expect(page.replaceAll('\n', ' ')).toContain(
      `Of a conversation ${a} characters are shown, of a reference ${b}, of a reply ${c};`,
    );
  });

  it.each(UNSCORED_WHYS.filter((why) => !['no-reply', 'check-could-not-run'].includes(why)))('explains %s', (why) => {
    expect(page).toMatch(new RegExp(`\\n\\| [^|]*\`${why}\`[^|]* \\|`));
  });
});
