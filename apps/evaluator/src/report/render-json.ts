import type { EvaluationReport } from '@pointsman/contracts';

/** The reports as one JSON array: what every other form is made from, and what programs read. */
export const renderJson = (reports: readonly EvaluationReport[]): string => `${JSON.stringify(reports, null, 2)}\n`;
