import type { RequestReading } from '../model/read-request.ts';
import type { ServingMode } from './serving-mode.ts';

/** A reading with only what the mode lets the estimates use. */
export function restrictReading(
  reading: RequestReading,
  mode: ServingMode,
  fallbackKinds: readonly number[],
): RequestReading {
  if (mode === 'learned') return reading;
  const withoutSkills = { ...reading, skills: new Float64Array(reading.skills.length) };
  return mode === 'kind-averages'
    ? withoutSkills
    : { ...withoutSkills, kinds: Float64Array.from(fallbackKinds), lengths: new Float64Array(reading.lengths.length) };
}
