import type { MeasuredValue } from '@pointsman/contracts';
import { intervalParts, TOO_FEW } from '../interval-text.ts';
import { html, type Markup } from './markup.ts';

/** A number with its interval beside it in small, or the words that there are too few samples. */
export function measured(value: MeasuredValue | undefined, numberText: (value: number) => string): Markup {
  if (value === undefined) return html`<span class="none">–</span>`;
  const parts = intervalParts(value, numberText);
  if (parts === undefined) return html`<span class="few">${TOO_FEW}</span>`;
  return html`<span class="estimate">${parts.estimate}</span> <span class="range">${parts.interval}</span>`;
}
