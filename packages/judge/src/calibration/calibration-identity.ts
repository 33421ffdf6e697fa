import { contentHash } from '../rubrics/content-hash.ts';
import type { CalibrationIdentity } from './calibration-schema.ts';

/** SHA-256, hex, of all that a calibration is bound to. */
export const identityHash = (identity: CalibrationIdentity): string => contentHash(identity);

/** What sets two identities apart, in words; undefined when nothing does. Inputs that `bound` does not use do not count. */
export function identityDifference(bound: CalibrationIdentity, asked: CalibrationIdentity): string | undefined {
  const differences = [
    changed('judge', bound.judge, asked.judge),
    changed('dimension', bound.dimension, asked.dimension),
    changed("judge's scale", bound.rawScale.join(' to '), asked.rawScale.join(' to ')),
    changed("people's scale", bound.scale.join(' to '), asked.scale.join(' to ')),
    ...Object.entries(bound.inputs).map(([name, key]) => changed(`input '${name}'`, key, asked.inputs[name] ?? 'none')),
  ].filter((difference) => difference !== undefined);
  return differences.length === 0 ? undefined : differences.join('; ');
}

function changed(what: string, bound: string, asked: string): string | undefined {
  return bound === asked ? undefined : `${what}: fitted for ${bound}, asked for ${asked}`;
}
