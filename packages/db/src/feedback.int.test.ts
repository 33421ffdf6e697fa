import { describe, expect, it } from 'vitest';
import { sampleDecisionId } from './testing/sample-decision.ts';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();

describe('feedback', () => {
  it('is kept per decision, in the order it came', async () => {
    const { feedback } = test.repositories();
    const id = sampleDecisionId(Date.UTC(2026, 10, 21));
    await feedback.add({ decision_id: id, thumb: 'down', score: 0 }, 'cli_one');
    await feedback.add({ decision_id: id, correction: 'bet\u0000ter', comment: 'see?' }, 'cli_one');
    expect(await feedback.listFor(id)).toMatchObject([
      { decision_id: id, clientId: 'cli_one', thumb: 'down', score: 0, correction: undefined },
      { decision_id: id, clientId: 'cli_one', thumb: undefined, score: undefined, correction: 'bet\ufffdter' },
    ]);
    expect(await feedback.listFor(sampleDecisionId(0))).toEqual([]);
  });

  it('on something that is no decision is refused', async () => {
    const { feedback } = test.repositories();
    await expect(feedback.add({ decision_id: 'dec_42' }, 'cli_one')).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await feedback.listFor('dec_42')).toEqual([]);
  });
});
