import { describeScorer } from '../../test/describe-scorer.ts';

describeScorer('words', {
  passes: [
    { reply: 'Une phrase : « elle » compte\u00a05 mots !', check: { least: 6, most: 6 } },
    { reply: 'One, two - three.', check: { most: 3 } },
    { reply: 'A title of its own\n\nThe body may be long.', check: { most: 5, part: 'first-line' } },
  ],
  fails: [
    { reply: 'one two three four', check: { most: 3 }, why: 'expected 0 to 3 words, found 4' },
    { reply: '', check: { least: 1, most: 3 }, why: 'found 0' },
  ],
});
