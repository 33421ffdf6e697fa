import { describeScorer } from '../../test/describe-scorer.ts';

describeScorer('regex', {
  passes: [
    { reply: 'Due 2026-03-01.', check: { pattern: String.raw`\b2026-03-01\b` } },
    { reply: 'one\nÉtat', check: { pattern: String.raw`^\p{Lu}tat$`, flags: 'm' } },
    { reply: 'nothing here', check: { pattern: 'password', flags: 'i', negate: true } },
    { reply: `x${' '.repeat(200_000)}y`, check: { pattern: 'y$', negate: true } },
  ],
  fails: [
    { reply: 'Due 1 March', check: { pattern: String.raw`\d{4}-\d{2}-\d{2}` }, why: "found 'Due 1 March'" },
    { reply: 'My Password is 1', check: { pattern: 'password', flags: 'i', negate: true }, why: "found 'Password'" },
  ],
  cannotRun: [{ check: { pattern: '(' }, why: 'pattern cannot be used' }],
});
