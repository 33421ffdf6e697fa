export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a text is a chat.completion that can be given again, whole or as a stream. */
export function isCompletion(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && Array.isArray(value.choices);
  } catch {
    // Not JSON, so not a completion.
    return false;
  }
}

/** Fields of a message that stream as text to append, in the order in which models produce them. */
export const TEXT_FIELDS = ['reasoning_content', 'reasoning', 'content', 'refusal'] as const;
