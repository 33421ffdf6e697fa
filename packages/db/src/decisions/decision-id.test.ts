import { describe, expect, it } from 'vitest';
import { sampleDecisionId } from '../testing/sample-decision.ts';
import { decisionOfUuid, timeOfUuid, uuidOfDecision } from './decision-id.ts';

describe('a decision id', () => {
  it('is a UUID that knows its time', () => {
    const at = Date.UTC(2026, 10, 21);
    const id = sampleDecisionId(at);
    const uuid = uuidOfDecision(id) ?? '';
    expect(decisionOfUuid(uuid)).toBe(id);
    expect(timeOfUuid(uuid)).toBe(at);
  });

  it.each(['', 'dec_', 'dec_xyz', `cli_${'0'.repeat(32)}`, `dec_${'0'.repeat(33)}`, `dec_${'A'.repeat(32)}`])(
    'is not %j',
    (text) => {
      expect(uuidOfDecision(text)).toBeUndefined();
    },
  );

  it('has no time when it is not of version 7', () => {
    expect(timeOfUuid('0b8c1de2-2f3a-4c5d-8e6f-7a8b9c0d1e2f')).toBeUndefined();
  });
});
