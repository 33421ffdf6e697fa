import type { AnnotationGuide, Dimension } from '@pointsman/contracts';
import type { StoredBatch } from '@pointsman/db';
import type { RubricSet } from '@pointsman/judge';

/** What the items of a batch have in common, as whoever rates them sees it. */
export const guideOf = ({ id, title, guidelines, plans }: StoredBatch, rubrics: RubricSet): AnnotationGuide => ({
  id,
  title,
  guidelines,
  rubrics: plans.map(({ dimension }) => rubrics[dimension]),
});

/** Whether raters of these dimensions are shown a reference: where the rubric of none uses one it would only sway them. */
export const showsReference = ({ rubrics }: AnnotationGuide, dimensions: readonly Dimension[]): boolean =>
  rubrics.some(({ dimension, reference }) => reference !== 'never' && dimensions.includes(dimension));
