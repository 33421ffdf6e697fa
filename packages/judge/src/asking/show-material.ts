import type { VerdictPrompt } from '../prompts/judge-prompt.ts';
import type { JudgedCase } from './judge.ts';
import { markFor, quoteMaterial } from './quote-material.ts';
import { writeConversation } from './write-conversation.ts';

/** Everything that the judge sees of a case, each text between its marks. */
export type ShownMaterial<Name extends string> = {
  conversation: string;
  reference?: string | undefined;
  replies: Readonly<Record<Name, string>>;
};

/** Quotes conversation, reference and replies under one mark that stands in none of them; `replies` by what they are called. */
export function showMaterial<Name extends string>(
  { limits, emptyReply }: Pick<VerdictPrompt, 'limits' | 'emptyReply'>,
  { messages, reference }: JudgedCase,
  replies: Readonly<Record<Name, string>>,
): ShownMaterial<Name> {
  const conversation = writeConversation(messages);
  const mark = markFor([conversation, reference ?? '', ...Object.values<string>(replies)]);
  const quoteReply = (name: string, text: string) => {
    const quoted = quoteMaterial({ name, text, limit: limits.reply }, mark);
    return text.trim() === '' ? `${quoted}\n${emptyReply}` : quoted;
  };
  const quoted = Object.entries<string>(replies).map(([name, text]) => [name, quoteReply(name, text)]);
  return {
    conversation: quoteMaterial({ name: 'conversation', text: conversation, limit: limits.conversation }, mark),
    reference:
      reference === undefined
        ? undefined
        : quoteMaterial({ name: 'reference', text: reference, limit: limits.reference }, mark),
    replies: Object.fromEntries(quoted) as Record<Name, string>,
  };
}
