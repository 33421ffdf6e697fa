/** Something a test needs from the machine: there, or missing with a note on how to get it. */
export type Requirement<T> = { available: true; value: T } | { available: false; note: string };

/**
 * What is missing skips tests, with the note on the console; under POINTSMAN_REQUIRE_ALL=1 it fails them.
 * @throws Error with the note under POINTSMAN_REQUIRE_ALL=1.
 */
export function missing<T>(note: string): Requirement<T> {
  if (process.env.POINTSMAN_REQUIRE_ALL === '1') throw new Error(note);
  process.stderr.write(`skipped: ${note}\n`);
  return { available: false, note };
}
