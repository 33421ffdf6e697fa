import { useTranslation } from 'react-i18next';
import { notifyFailed } from '../../components/index.ts';
import { isComplete } from './rating-state.ts';
import type { Annotation } from './use-annotation.ts';

/** Submitting and undoing, with a word to the rater where that cannot be. */
export function useRequests(work: Annotation) {
  const { t } = useTranslation('annotate');
  const { current } = work;
  return {
    submit() {
      if (current === undefined) return;
      if (isComplete(current.rating)) return work.submit();
      const open = current.rating.dimensions.filter((dimension) => current.rating.answers[dimension] === undefined);
      const dimensions = open.map((dimension) => t(`shell:dimension.${dimension}`)).join(', ');
      notifyFailed(t('title'))(new Error(t('incomplete', { dimensions })));
    },
    async undo() {
      try {
        if (!(await work.undo())) notifyFailed(t('undo'))(new Error(t('nothingToUndo')));
      } catch (error) {
        notifyFailed(t('undo'))(error as Error);
      }
    },
  };
}
