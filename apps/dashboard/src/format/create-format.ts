const NANO = 1e9;

/** A cent of a dollar is much here: amounts keep three significant digits however small they are. */
function usd(language: string, dollars: number): string {
  const size = Math.abs(dollars);
  const digits = size === 0 || size >= 100 ? 2 : Math.min(9, Math.max(2, 2 - Math.floor(Math.log10(size))));
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(dollars);
}

function duration(language: string, ms: number): string {
  const unit = (value: number, name: string, digits: number) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, maximumFractionDigits: digits }).format(value);
  if (ms < 1000) return unit(ms, 'millisecond', ms < 10 ? 1 : 0);
  if (ms < 120_000) return unit(ms / 1000, 'second', 1);
  if (ms < 7_200_000) return unit(ms / 60_000, 'minute', 0);
  return unit(ms / 3_600_000, 'hour', 1);
}

const plain = (language: string, options: Intl.NumberFormatOptions) => {
  const format = new Intl.NumberFormat(language, options);
  return (value: number) => format.format(value);
};

const moment = (language: string, options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(language, options);
  return (iso: string | number) => format.format(new Date(iso));
};

/** Formats of one language. Every function takes the stored unit: nano-USD, fraction of 1, milliseconds, ISO text. */
export function createFormat(language: string) {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return {
    language,
    /** Nano-USD as dollars, three significant digits at least. */
    money: (nanoUsd: number): string => usd(language, nanoUsd / NANO),
    count: plain(language, { maximumFractionDigits: 0 }),
    /** 12,300 as 12.3 k: for axes and cards. */
    compact: plain(language, { notation: 'compact', maximumFractionDigits: 1 }),
    /** A fraction of 1 as a percentage. */
    share: plain(language, { style: 'percent', maximumFractionDigits: 1 }),
    /** A change of a fraction, signed. */
    signedShare: plain(language, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }),
    /** A score in [0, 1]: three digits. */
    score: plain(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    signedScore: plain(language, { minimumFractionDigits: 3, maximumFractionDigits: 3, signDisplay: 'exceptZero' }),
    duration: (ms: number): string => duration(language, ms),
    dateTime: moment(language, { dateStyle: 'medium', timeStyle: 'medium' }),
    /** UTC days are days everywhere: shown as they are stored. */
    day: moment(language, { dateStyle: 'medium', timeZone: 'UTC' }),
    shortDay: moment(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
    /** "3 minutes ago", of two moments in milliseconds. */
    ago: (thenMs: number, nowMs: number): string => {
      const seconds = (thenMs - nowMs) / 1000;
      const size = Math.abs(seconds);
      if (size < 90) return relative.format(Math.round(seconds), 'second');
      if (size < 5400) return relative.format(Math.round(seconds / 60), 'minute');
      if (size < 129_600) return relative.format(Math.round(seconds / 3600), 'hour');
      return relative.format(Math.round(seconds / 86_400), 'day');
    },
  };
}
export type Format = ReturnType<typeof createFormat>;
