import type { Candidate, Candidates } from '@pointsman/db';
import { describe, expect, it } from 'vitest';
import { chooseItem, goldToCome } from './choose-item.ts';

const candidate = (id: string, caseId: string, isGold = false): Candidate => ({ id, caseId, isGold });

function candidates(over: Partial<Candidates> = {}): Candidates {
  const regular = over.regular ?? [];
  const gold = over.gold ?? [];
  return {
    regular,
    gold,
    regularLeft: regular.length,
    goldLeft: gold.length,
    regularGiven: 0,
    goldGiven: 0,
    lastCaseId: undefined,
    ...over,
  };
}

/** Everything one rater is given out of so many items, in order. */
function given(regular: Candidate[], gold: Candidate[], share: number, seed: string): Candidate[] {
  const row: Candidate[] = [];
  for (let left = candidates({ regular, gold }); ; ) {
    const next = chooseItem(left, { share, seed });
    if (next === undefined || (left.regularLeft === 0 && goldToCome(left, share) === 0)) return row;
    row.push(next);
    const rest = (listed: Candidate[]) => listed.filter(({ id }) => id !== next.id);
    left = {
      ...candidates({ regular: rest(left.regular), gold: rest(left.gold) }),
      regularGiven: left.regularGiven + (next.isGold ? 0 : 1),
      goldGiven: left.goldGiven + (next.isGold ? 1 : 0),
      lastCaseId: next.caseId,
    };
  }
}

const REGULAR = Array.from({ length: 90 }, (_, index) => candidate(`r${index}`, `case ${index}`));
const GOLD = Array.from({ length: 40 }, (_, index) => candidate(`g${index}`, `gold ${index}`, true));

describe('chooseItem', () => {
  it('gives gold items at their share of the whole, each once', () => {
    const row = given(REGULAR, GOLD, 0.1, 'ana');
    expect(row).toHaveLength(100);
    expect(row.filter(({ isGold }) => isGold)).toHaveLength(10);
    expect(new Set(row.map(({ id }) => id)).size).toBe(100);
  });

  it('puts gold items anywhere: no place of the row is likelier than another', () => {
    const places = Array.from({ length: 200 }, (_, rater) =>
      given(REGULAR.slice(0, 27), GOLD, 0.1, `rater ${rater}`).flatMap(({ isGold }, place) => (isGold ? [place] : [])),
    ).flat();
    expect(places).toHaveLength(600);
    for (const third of [0, 1, 2]) {
      const share = places.filter((place) => Math.floor(place / 10) === third).length / places.length;
      expect(share).toBeGreaterThan(0.27);
      expect(share).toBeLessThan(0.4);
    }
  });

  it('gives no gold where none is wanted', () => {
    expect(given(REGULAR, GOLD, 0, 'ana').some(({ isGold }) => isGold)).toBe(false);
  });

  it('never gives two replies to one case in a row while another case is left', () => {
    const regular = ['x', 'x', 'x', 'y', 'y', 'z'].map((caseId, index) => candidate(`${index}`, caseId));
    const row = given(regular, [], 0, 'ana').map(({ caseId }) => caseId);
    expect(
      row.slice(0, 5).some((caseId, place) => caseId === row[place + 1] && new Set(row.slice(place + 1)).size > 1),
    ).toBe(false);
    expect(
      chooseItem(candidates({ regular: [candidate('1', 'x')], lastCaseId: 'x' }), { share: 0, seed: 's' })?.id,
    ).toBe('1');
  });

  it('finds nothing in nothing', () => {
    expect(chooseItem(candidates(), { share: 0.1, seed: 'ana' })).toBeUndefined();
  });
});

describe('goldToCome', () => {
  it('falls by one with each gold item given, so that what is left counts down evenly', () => {
    const before = candidates({ regularLeft: 45, regularGiven: 0, goldLeft: 10 });
    expect(goldToCome(before, 0.1)).toBe(5);
    expect(goldToCome({ ...before, goldLeft: 9, goldGiven: 1 }, 0.1)).toBe(4);
    expect(goldToCome({ ...before, regularLeft: 44, regularGiven: 1 }, 0.1)).toBe(5);
  });
});
