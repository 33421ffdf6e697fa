import type { ContentPart, Message, Provider, ReasoningDetail, Tool } from '@pointsman/contracts';

type Extras = { reasoning: boolean; cacheControl: boolean };

function extrasOf(provider: Provider): Extras {
  const extras = provider.quirks.messageExtras ?? [];
  return { reasoning: extras.includes('reasoning'), cacheControl: extras.includes('cache_control') };
}

/** Prompt-cache hints the host would refuse; true when any message or tool carries one. */
export function carriesCacheControl(messages: readonly Message[], tools: readonly Tool[] | null | undefined): boolean {
  const onMessage = (message: Message) =>
    'cache_control' in message ||
    (Array.isArray(message.content) && message.content.some((part) => 'cache_control' in part));
  return messages.some(onMessage) || (tools ?? []).some((tool) => 'cache_control' in tool);
}

export function keepsCacheControl(provider: Provider): boolean {
  return extrasOf(provider).cacheControl;
}

/**
 * Messages as this host takes them: `developer` renamed where unknown, cache hints and reasoning taken off unless the
 * host understands them. Reasoning that another provider signed or wrote never goes out. Untouched messages are not copied.
 */
export function writeOpenAiMessages(messages: readonly Message[], provider: Provider): Message[] {
  const extras = extrasOf(provider);
  return messages.map((message) => writeMessage(message, provider, extras));
}

function writeMessage(message: Message, provider: Provider, extras: Extras): Message {
  let written = message;
  if (written.role === 'developer' && !provider.quirks.developerRole) written = { ...written, role: 'system' };
  if (!extras.cacheControl) written = withoutCacheControl(written);
  if (written.role !== 'assistant') return written;
  if (!('reasoning_content' in written) && !('reasoning_details' in written)) return written;
  const { reasoning_content: text, reasoning_details: details = [], ...rest } = written;
  const foreign = details.some((detail) => isForeign(detail, provider));
  if (!extras.reasoning || foreign) return rest;
  return {
    ...rest,
    ...(text && { reasoning_content: text }),
    ...(details.length > 0 && { reasoning_details: details }),
  };
}

function isForeign(detail: ReasoningDetail, provider: Provider): boolean {
  return detail.provider !== undefined && detail.provider !== provider.id;
}

function withoutCacheControl(message: Message): Message {
  let written = message;
  if ('cache_control' in written) {
    const { cache_control: _, ...rest } = written;
    written = rest as Message;
  }
  const { content } = written;
  if (!Array.isArray(content) || !content.some((part) => 'cache_control' in part)) return written;
  return { ...written, content: content.map(bare) } as Message;
}

function bare(part: ContentPart): ContentPart {
  const { cache_control: _, ...rest } = part;
  return rest as ContentPart;
}

/** Tools without their prompt-cache hints. */
export function writeOpenAiTools(tools: readonly Tool[], provider: Provider): Tool[] {
  if (extrasOf(provider).cacheControl) return [...tools];
  return tools.map((tool) => {
    const { cache_control: _, ...rest } = tool;
    return rest as Tool;
  });
}
