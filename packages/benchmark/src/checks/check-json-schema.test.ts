import { describeScorer } from '../../test/describe-scorer.ts';

const schema = {
  type: 'object',
  properties: { due: { type: 'string', format: 'date' }, amount: { type: 'number' } },
  required: ['due', 'amount'],
  additionalProperties: false,
};

describeScorer('json-schema', {
  passes: [
    { reply: '{"due": "2026-03-01", "amount": 1.5}', check: { schema } },
    { reply: 'Here:\n```json\n{"due": "2026-03-01", "amount": 2}\n```\nDone [1].', check: { schema } },
    { reply: 'It is {"due": "2026-03-01", "amount": 2}, I think.', check: { schema } },
    { reply: '~~~\n{"due": "2026-03-01", "amount": 2}\n~~~', check: { schema } },
  ],
  fails: [
    { reply: '{"due": "1 March", "amount": 1.5}', check: { schema }, why: '/due must match format "date"' },
    { reply: '{"due": "2026-03-01"}', check: { schema }, why: "required property 'amount'" },
    { reply: '```json\n{"due": \n```', check: { schema }, why: 'expected JSON, found' },
    { reply: 'There is none.', check: { schema }, why: "expected JSON, found 'There is none.'" },
    { reply: '', check: { schema }, why: 'found nothing' },
  ],
  cannotRun: [
    { check: { schema: { type: 'thing' } }, why: 'JSON schema cannot be used' },
    { check: { schema: { $ref: 'https://elsewhere.example/s.json' } }, why: 'JSON schema cannot be used' },
  ],
});
