/** The state after each value, from none. */
export function statesAfter<State>(
  values: readonly number[],
  next: (state: State | undefined, value: number) => State,
): State[] {
  let state: State | undefined;
  return values.map((value) => {
    state = next(state, value);
    return state;
  });
}
