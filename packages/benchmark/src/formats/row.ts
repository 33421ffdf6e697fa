/** One thing that a file says, and where: `file:line`, or `file: tests[3]` where a format has no lines. */
export type GoodRow<Value> = {
  ok: true;
  value: Value;
  place: string;
  /** What of it has no equal here and was left out or kept in another form. */
  warnings: readonly string[];
};

/** What cannot be used, where it stands and why. */
export type BadRow = { ok: false; place: string; reason: string };

export type Row<Value> = GoodRow<Value> | BadRow;

export const badRow = (place: string, reason: string): BadRow => ({ ok: false, place, reason });
