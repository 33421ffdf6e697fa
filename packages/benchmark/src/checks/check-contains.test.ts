import { describeScorer } from '../../test/describe-scorer.ts';

describeScorer('contains', {
  passes: [
    { reply: 'Your ORDER A-17\nis late', check: { all: ['order a-17 is'] } },
    { reply: "L'usine\u00a0ferme", check: { all: ['l’usine ferme'], none: ['ouvre'] } },
    { reply: 'blue', check: { any: ['red', 'blue'] } },
  ],
  fails: [
    { reply: 'order A-18', check: { all: ['order', 'A-17'] }, why: "expected 'A-17' in it" },
    { reply: 'green', check: { any: ['red', 'blue'] }, why: "one of 'red', 'blue'" },
    { reply: 'Sorry, no', check: { none: ['sorry'] }, why: "expected no 'sorry'" },
  ],
});
