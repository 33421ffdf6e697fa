/** A 95 % interval as the API gives it. */
export type Interval = { low: number; high: number };

/** A number with its interval; `undefined` for what nobody knows, which is never zero. */
export type Measured = {
  value?: number | undefined;
  interval?: Interval | undefined;
  /** Predicted by a model rather than counted. */
  estimated?: boolean | undefined;
};
