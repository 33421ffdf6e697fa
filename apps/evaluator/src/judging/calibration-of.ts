import type { Dimension, JudgeIdentity } from '@pointsman/contracts';
import type { RubricSet } from '@pointsman/judge';
import type { CalibrationIdentity } from '@pointsman/judge/calibration';
import { peopleScale, RAW_SCALE } from './people-scale.ts';

/** What a calibration of this judge on this dimension is bound to: model, prompt, rubrics and sampling, by its hash, and both scales. */
export const calibrationOf = (judge: JudgeIdentity, dimension: Dimension, rubrics: RubricSet): CalibrationIdentity => ({
  judge: judge.hash,
  dimension,
  rawScale: [...RAW_SCALE],
  scale: peopleScale(rubrics[dimension]),
  inputs: {},
});
