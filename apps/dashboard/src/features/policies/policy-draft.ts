import type { Policy } from '@pointsman/contracts';

/** What a new policy starts from. */
export const NEW_POLICY: Policy = {
  name: '',
  kind: 'minimise-cost',
  risk: 0.15,
  minScores: { overall: 0.7 },
  weights: {},
  allowedModels: ['*'],
  deniedModels: [],
  strict: false,
};

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

export type DraftProblem = 'name' | 'weights' | 'floor-kind' | 'no-models';

/** What the server would refuse, said before it is asked; the server still decides. */
export function problemsOf({ name, weights, floor, kind, allowedModels }: Policy): DraftProblem[] {
  const given = Object.values(weights);
  return [
    ...(NAME.test(name) ? [] : (['name'] as const)),
    ...(given.length > 0 && given.every((weight) => weight === 0) ? (['weights'] as const) : []),
    ...(floor !== undefined && kind !== 'minimise-cost' ? (['floor-kind'] as const) : []),
    ...(allowedModels.length === 0 ? (['no-models'] as const) : []),
  ];
}

/** Sets one entry of a record, or takes it out when the value says nothing. */
export function withEntry<Key extends string, Value>(
  record: Partial<Record<Key, Value>>,
  key: Key,
  value: Value | undefined,
): Partial<Record<Key, Value>> {
  const { [key]: _old, ...others } = record;
  return (value === undefined ? others : { ...others, [key]: value }) as Partial<Record<Key, Value>>;
}

/** A policy with a field set, or left out when the value says nothing: absent means unlimited, never zero. */
export function withField<Field extends keyof Policy>(
  policy: Policy,
  field: Field,
  value: Policy[Field] | undefined,
): Policy {
  const { [field]: _old, ...others } = policy;
  return (value === undefined ? others : { ...others, [field]: value }) as Policy;
}

/** Whether two policies say the same, whatever the order of their fields. */
export const isSame = (a: Policy, b: Policy): boolean => canonical(a) === canonical(b);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
