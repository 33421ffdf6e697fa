import { describeScorer } from '../../test/describe-scorer.ts';

describeScorer('exact', {
  passes: [
    { reply: '  Refund. ', check: { expected: ['refund'] } },
    { reply: '**Remboursement !**', check: { expected: ['remboursement'] } },
    { reply: '« L’accès »', check: { expected: ["l'acces", "L'accès"] } },
    { reply: '`P2`', check: { expected: ['p1', 'P2'] } },
    { reply: 'Thinking aloud.\n\nB', check: { expected: ['B'], part: 'last-line' } },
    { reply: ' P2\n', check: { expected: ['P2'], compare: 'strict' } },
  ],
  fails: [
    { reply: 'A refund', check: { expected: ['refund'] }, why: "expected 'refund', found 'A refund'" },
    { reply: 'p2', check: { expected: ['P2'], compare: 'strict' }, why: "found 'p2'" },
    { reply: 'resume', check: { expected: ['résumé'] }, why: "expected 'résumé'" },
    { reply: '', check: { expected: ['yes', 'no'] }, why: "expected 'yes' or 'no', found nothing" },
  ],
});
