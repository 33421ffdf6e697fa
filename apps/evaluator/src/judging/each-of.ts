/**
 * Works on values, so many at once, and resolves to the results in their order. After the first that fails no other is
 * begun; those under way are waited for.
 * @throws what the first failed with.
 */
export async function eachOf<Value, Result>(
  values: readonly Value[],
  most: number,
  work: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const open = values.entries();
  let failure: { error: unknown } | undefined;
  const take = async (): Promise<void> => {
    for (const [index, value] of open) {
      if (failure !== undefined) return;
      try {
        results[index] = await work(value);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: most }, take));
  if (failure !== undefined) throw failure.error;
  return results;
}
