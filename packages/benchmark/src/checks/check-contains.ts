import { type CheckScorer, failed, PASSED } from './check-outcome.ts';
import { foldCase } from './fold-text.ts';
import { quoteFound } from './quote-found.ts';

/** The text has every one of `all`, one of `any` and none of `none`, whatever the case. */
export const checkContains: CheckScorer<'contains'> = {
  part: 'whole',
  score(text, { all, any, none }) {
    const folded = foldCase(text);
    const has = (needle: string) => folded.includes(foldCase(needle));
    const missing = all.find((needle) => !has(needle));
    if (missing !== undefined) return failed(`expected ${quoteFound(missing)} in it, found ${quoteFound(text)}`);
    if (any.length > 0 && !any.some(has))
      return failed(`expected one of ${any.map(quoteFound).join(', ')} in it, found ${quoteFound(text)}`);
    const forbidden = none.find(has);
    return forbidden === undefined ? PASSED : failed(`expected no ${quoteFound(forbidden)} in it, found it`);
  },
};
