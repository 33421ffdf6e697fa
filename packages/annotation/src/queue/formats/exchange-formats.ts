import type { AnnotationFormat } from '@pointsman/contracts';
import { argillaFormat } from './argilla-format.ts';
import { csvFormat } from './csv-format.ts';
import type { ExchangeFormat } from './exchanged-item.ts';
import { jsonlFormat } from './jsonl-format.ts';
import { labelStudioFormat } from './label-studio-format.ts';

/** Every format in which items and ratings leave and come back. */
export const EXCHANGE_FORMATS: Readonly<Record<AnnotationFormat, ExchangeFormat>> = {
  csv: csvFormat,
  jsonl: jsonlFormat,
  argilla: argillaFormat,
  'label-studio': labelStudioFormat,
};
