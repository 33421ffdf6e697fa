import type { AnnotationAnswer, AnnotationAnswers, Dimension } from '@pointsman/contracts';

/** People's scale, worst to best. */
export const STEPS = [1, 2, 3, 4, 5] as const;

/** One reply being rated. */
export type RatingState = {
  dimensions: readonly Dimension[];
  answers: AnnotationAnswers;
  /** Index of the dimension that the next key rates. */
  focus: number;
  /** Answers given here, oldest first, each with what stood there before: for undoing. */
  history: readonly { dimension: Dimension; before: AnnotationAnswer | undefined }[];
};

export type RatingAction =
  | { kind: 'rate'; answer: AnnotationAnswer; dimension?: Dimension }
  | { kind: 'focus'; index: number }
  | { kind: 'undo' };

/** A reply as it comes on the screen, with what was said of it before a reload. */
export function startRating(dimensions: readonly Dimension[], answers: AnnotationAnswers = {}): RatingState {
  const open = dimensions.findIndex((dimension) => answers[dimension] === undefined);
  return { dimensions, answers, focus: open === -1 ? dimensions.length - 1 : open, history: [] };
}

/** The next dimension after `from` without an answer, going round; `from` itself when all have one. */
function nextOpen({ dimensions }: RatingState, answers: AnnotationAnswers, from: number): number {
  for (let step = 1; step <= dimensions.length; step += 1) {
    const index = (from + step) % dimensions.length;
    const dimension = dimensions[index];
    if (dimension !== undefined && answers[dimension] === undefined) return index;
  }
  return from;
}

export function rate(state: RatingState, action: RatingAction): RatingState {
  switch (action.kind) {
    case 'focus':
      return { ...state, focus: Math.min(Math.max(action.index, 0), state.dimensions.length - 1) };
    case 'rate': {
      const index = action.dimension === undefined ? state.focus : state.dimensions.indexOf(action.dimension);
      const dimension = state.dimensions[index];
      if (dimension === undefined) return state;
      const answers = { ...state.answers, [dimension]: action.answer };
      const history = [...state.history, { dimension, before: state.answers[dimension] }];
      return { ...state, answers, history, focus: nextOpen(state, answers, index) };
    }
    case 'undo': {
      const last = state.history.at(-1);
      if (last === undefined) return state;
      const { [last.dimension]: _undone, ...others } = state.answers;
      const answers = last.before === undefined ? others : { ...others, [last.dimension]: last.before };
      return {
        ...state,
        answers,
        history: state.history.slice(0, -1),
        focus: state.dimensions.indexOf(last.dimension),
      };
    }
  }
}

export const isComplete = ({ dimensions, answers }: RatingState): boolean =>
  dimensions.every((dimension) => answers[dimension] !== undefined);
