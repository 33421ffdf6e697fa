const DAY_MS = 86_400_000;

let knownDay = Number.NaN;
let knownText = '';

/** The UTC day of an instant in milliseconds since the epoch, as `YYYY-MM-DD`. Most calls ask for the day of the call before. */
export function utcDay(atMs: number): string {
  const day = Math.floor(atMs / DAY_MS);
  if (day !== knownDay) {
    knownText = new Date(atMs).toISOString().slice(0, 10);
    knownDay = day;
  }
  return knownText;
}
