import type { CatalogModel, Price } from '@pointsman/contracts';

/**
 * The price that holds on a UTC day, or undefined before the first known price: unknown, never zero.
 *
 * `isoDate` is `YYYY-MM-DD`; a full ISO timestamp in UTC works too. A price's `from` is the first day on which it is
 * known to hold, not necessarily the day on which the provider introduced it.
 *
 * @throws RangeError when `isoDate` does not begin with an ISO date: as text it would compare as any day at all.
 */
export function priceOn(model: CatalogModel, isoDate: string): Price | undefined {
  if (!ISO_DATE.test(isoDate)) throw new RangeError(`A date must read YYYY-MM-DD, got ${JSON.stringify(isoDate)}`);
  const day = isoDate.slice(0, 10);
  return model.prices.findLast((price) => price.from <= day);
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:$|T)/;
