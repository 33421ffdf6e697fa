import { expect, it } from 'vitest';
import { describeScorer } from '../../test/describe-scorer.ts';
import { codeProgram, extractCode, readResults } from './code-program.ts';
import type { RunCode } from './run-code.ts';

const tests = [
  { call: 'greet', args: ['Ana'], expected: 'hi  Ana' },
  { call: 'greet', args: [''], expected: { n: 0.3 } },
];
const check = { language: 'javascript', tests };

// Stands for an interpreter: what the text says is what the calls give. The true one is tested in the evaluator.
const runCode: RunCode = async ({ source }) => {
  const marker = /results-[0-9a-f]{64}:/.exec(source)?.[0] ?? '';
  const said = /SAYS (.*?) END/.exec(source)?.[1]?.replaceAll('\\"', '"') ?? '[]';
  if (said === 'loop') return { status: 'stopped', why: 'took longer than 5 s' };
  return { status: 'ended', exitCode: 0, stdout: `noise\n${marker}${said}\n`, stderr: 'it broke' };
};
const reply = (says: string) => `\`\`\`js\n// SAYS ${says} END\n\`\`\``;

describeScorer('code', {
  runCode,
  passes: [{ reply: reply('[{"value":"hi  Ana"},{"value":{"n":0.30000000000000004}}]'), check }],
  fails: [
    { reply: reply('[{"value":"hi Ana"},{"value":{"n":0.3}}]'), check, why: `to return '"hi Ana"', found '"hi Ana"'` },
    {
      reply: reply('[{"value":"hi  Ana"},{"error":"boom"}]'),
      check,
      why: 'expected greet("") to return, but it failed: \'boom\'',
    },
    { reply: reply('[{"value":"hi  Ana"}]'), check, why: "before giving any: 'it broke'" },
    { reply: reply('loop'), check, why: 'took longer than 5 s' },
    { reply: '```\n```', check, why: 'found nothing' },
  ],
  cannotRun: [
    {
      check: { language: 'javascript', tests: [{ call: 'a()', args: [], expected: 1 }] },
      why: 'no name of a function',
    },
  ],
});

it('takes the block of the language among several, and the whole text where there is none', () => {
  const text = '```bash\nnpm i\n```\n```python\nx = 1\n```\n```js\nlet y;\n```';
  expect(extractCode(text, 'python')).toBe('x = 1');
  expect(extractCode(text, 'javascript')).toBe('let y;');
  expect(extractCode(' x = 2 ', 'python')).toBe('x = 2');
  expect(extractCode('```python\nx = 3', 'python')).toBe('x = 3');
});

it('tells the program neither what is expected nor a marker that stays the same', () => {
  const secret = [{ call: 'f', args: [1], expected: 'the-secret' }];
  const program = codeProgram('let f;', { language: 'javascript', tests: secret });
  expect(program.source).not.toContain('the-secret');
  const other = codeProgram('let f;', { language: 'javascript', tests: [{ call: 'f', args: [1], expected: 'other' }] });
  expect(other.marker).not.toBe(program.marker);
});

it('reads no results from a line that is not whole', () => {
  expect(readResults('m:[{"value":1}', 'm:', 1)).toBeUndefined();
  expect(readResults('m:[{"worth":1}]', 'm:', 1)).toBeUndefined();
  expect(readResults('m:[{"value":1}]\nm:[{"value":2}]', 'm:', 1)).toEqual([{ value: 2 }]);
});
