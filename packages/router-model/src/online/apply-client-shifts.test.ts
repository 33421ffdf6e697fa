import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { clippedLogit } from '../mathematics/logistic.ts';
import { estimateModels, prepareModels } from '../model/estimate-models.ts';
import { applyClientShifts } from './apply-client-shifts.ts';
import { randomReading, simulatedTable } from './test/simulated-models.ts';

const prepared = prepareModels(simulatedTable(1));
const clients = { strict: { 'model-0': { mean: -0.7, variance: 0.2 } } };
const reading = randomReading(seededRandom(1));

describe('applyClientShifts', () => {
  it('moves the log odds of the models a client has shown, and admits what is not known of the shift', () => {
    const [before, after] = [prepared, applyClientShifts(prepared, clients, 'strict')].map((models) => {
      const { means, spreads } = estimateModels(models, reading);
      return [0, 1].map((m) => ({ mean: means[0]?.[m] ?? Number.NaN, spread: spreads[0]?.[m] ?? Number.NaN }));
    });
    expect(clippedLogit(after?.[0]?.mean ?? 1)).toBeCloseTo(clippedLogit(before?.[0]?.mean ?? 0) - 0.7, 6);
    expect(after?.[0]?.spread).toBeGreaterThan(1.2 * (before?.[0]?.spread ?? 1));
    expect(after?.[1]).toEqual(before?.[1]);
  });

  it.each(['unheard-of', 'constructor', '__proto__'])('leaves the models as they are for client %s', (clientId) => {
    expect(applyClientShifts(prepared, clients, clientId)).toBe(prepared);
    expect(applyClientShifts(prepared, undefined, clientId)).toBe(prepared);
  });
});
