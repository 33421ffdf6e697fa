import { checkCode } from './check-code.ts';
import { checkContains } from './check-contains.ts';
import { checkExact } from './check-exact.ts';
import { checkJsonSchema } from './check-json-schema.ts';
import { checkJsonValue } from './check-json-value.ts';
import { checkNumeric } from './check-numeric.ts';
import type { CheckKind, CheckScorer } from './check-outcome.ts';
import { checkRegex } from './check-regex.ts';
import { checkWords } from './check-words.ts';

/** Every kind of check by its name in a case. */
export const CHECK_SCORERS: { readonly [Kind in CheckKind]: CheckScorer<Kind> } = {
  code: checkCode,
  contains: checkContains,
  exact: checkExact,
  'json-schema': checkJsonSchema,
  'json-value': checkJsonValue,
  numeric: checkNumeric,
  regex: checkRegex,
  words: checkWords,
};
