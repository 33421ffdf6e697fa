export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Fields of a message that stream as text to append, in the order in which models produce them. */
export const TEXT_FIELDS = ['reasoning_content', 'reasoning', 'content', 'refusal'] as const;
