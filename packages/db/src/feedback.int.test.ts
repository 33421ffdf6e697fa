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

  it('that scores replies is listed newest first, a thumb as 0 or 1', async () => {
    const { feedback } = test.repositories();
    const id = sampleDecisionId(Date.UTC(2026, 10, 22));
    const since = new Date();
    await feedback.add({ decision_id: id, comment: 'no score' }, 'cli_two');
    await feedback.add({ decision_id: id, thumb: 'up' }, 'cli_two');
    await feedback.add({ decision_id: id, score: 0.25 }, 'cli_two');
    const own = (await feedback.listScored(since, 10)).filter(({ clientId }) => clientId === 'cli_two');
    expect(own).toEqual([
      { decisionId: id, clientId: 'cli_two', score: 0.25 },
      { decisionId: id, clientId: 'cli_two', score: 1 },
    ]);
    expect(await feedback.listScored(new Date(Date.now() + 60_000), 10)).toEqual([]);
    expect(await feedback.listScored(since, 1)).toHaveLength(1);
  });

  it('on something that is no decision is refused', async () => {
    const { feedback } = test.repositories();
    await expect(feedback.add({ decision_id: 'dec_42' }, 'cli_one')).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await feedback.listFor('dec_42')).toEqual([]);
  });
});
