import type { ContentPart, Message } from '@pointsman/contracts';

/**
 * A conversation as text: each turn under its role and position. Of a message only role, content and tool calls are
 * written; names, models, providers and whatever else it carries are not, for they could tell who wrote what.
 */
export function writeConversation(messages: readonly Message[]): string {
  return messages.map((message, index) => `[${index + 1}: ${message.role}]\n${writeMessage(message)}`).join('\n\n');
}

function writeMessage(message: Message): string {
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : [];
  const called = calls.map((call) => `[calls the tool ${call.function.name}: ${call.function.arguments}]`);
  return [writeContent(message.content), ...called].filter((line) => line !== '').join('\n');
}

function writeContent(content: Message['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(writePart).join('\n');
}

function writePart(part: ContentPart): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'refusal':
      return part.refusal;
    case 'image_url':
      return '[an image, not shown]';
    case 'input_audio':
      return '[a recording, not played]';
    case 'file':
      return '[a file, not shown]';
  }
}
