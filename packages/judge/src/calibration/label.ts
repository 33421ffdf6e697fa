import type { CalibrationRow } from './calibration-row.ts';
import type { CalibrationIdentity, CalibrationModel } from './calibration-schema.ts';

/** A rated reply with the mean of its ratings, which is what a calibration foresees. */
export type Label = CalibrationRow & { target: number };

export type Scales = Pick<CalibrationIdentity, 'scale' | 'rawScale'>;

export type FitContext = Scales & { seed: number | string };

/** Fits one method; undefined where these labels do not allow it. */
export type FitMethod = (labels: readonly Label[], context: FitContext) => CalibrationModel | undefined;
