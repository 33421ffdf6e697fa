import { describeScorer } from '../../test/describe-scorer.ts';

const reply = '```json\n{"items": [{"price": 12.5, "name": "L’été"}], "none": null, "tags": ["a", {"b": 1}]}\n```';

describeScorer('json-value', {
  passes: [
    { reply, check: { path: '$.items[0].price', expected: 12.5 } },
    { reply, check: { path: '$.items[0].price', expected: 12.49, tolerance: 0.011 } },
    { reply, check: { path: '$.items[0].name', expected: "L'été" } },
    { reply, check: { path: '$.none', expected: null } },
    { reply, check: { path: '$.tags', expected: ['a', { b: 1 }] } },
    { reply: '[1, 2]', check: { path: '$', expected: [1, 2] } },
  ],
  fails: [
    {
      reply,
      check: { path: '$.items[1].price', expected: 12.5 },
      why: "expected '12.5' at $.items[1].price, found nothing",
    },
    { reply, check: { path: '$.items[0].price', expected: 12.49, tolerance: 0.001 }, why: "found '12.5'" },
    { reply, check: { path: '$.tags', expected: ['a'] }, why: `found '["a",{"b":1}]'` },
    { reply, check: { path: '$.items.constructor', expected: null }, why: 'found nothing' },
    { reply: '"7"', check: { path: '$', expected: 7 }, why: "expected '7' at $" },
    { reply: 'no JSON', check: { path: '$', expected: 7 }, why: 'expected JSON' },
  ],
});
