import type { PlaygroundEnd } from '@pointsman/contracts';

/** What comes of a run, in order: pieces of text, maybe a break, and at the end the decision. */
export type RunEvent =
  | { kind: 'text'; text: string }
  | { kind: 'reasoning'; text: string }
  | { kind: 'broken'; message: string }
  | { kind: 'end'; end: PlaygroundEnd };

type Chunk = {
  choices?: { delta?: { content?: string | null; refusal?: string | null; reasoning_content?: string | null } }[];
  error?: { message: string };
};

/** Reads the server-sent events of a run as they come. */
export async function* readRun(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<RunEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (pending + value).split('\n\n');
    pending = blocks.pop() ?? '';
    for (const block of blocks) yield* eventsOf(block);
  }
}

/** What one block of lines says; comments, `[DONE]` and chunks without text say nothing. */
export function eventsOf(block: string): RunEvent[] {
  const lines = block.split('\n');
  const fieldOf = (name: string) =>
    lines.flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2)] : [])).join('\n');
  const data = fieldOf('data');
  if (data === '' || data === '[DONE]') return [];
  const parsed: unknown = JSON.parse(data);
  if (fieldOf('event') === 'decision') return [{ kind: 'end', end: parsed as PlaygroundEnd }];
  const { choices, error } = parsed as Chunk;
  if (error !== undefined) return [{ kind: 'broken', message: error.message }];
  const delta = choices?.[0]?.delta;
  const events: RunEvent[] = [];
  if (delta?.reasoning_content) events.push({ kind: 'reasoning', text: delta.reasoning_content });
  const text = delta?.content ?? delta?.refusal;
  if (text) events.push({ kind: 'text', text });
  return events;
}
