import type { AnswerToolCall } from './answer.ts';
import type { Ask, AskTool } from './ask.ts';
import { digest } from './digest.ts';
import { sampleSchema } from './sample-schema.ts';

/** Words of tool names that say nothing about their subject. */
const PLAIN_WORDS = new Set(
  [
    'a',
    'an',
    'the',
    'get',
    'set',
    'fetch',
    'find',
    'search',
    'list',
    'create',
    'make',
    'do',
    'run',
    'call',
    'current',
  ].concat(['lookup', 'look', 'up', 'read', 'show', 'by', 'for', 'of', 'in', 'to', 'from', 'and', 'tool', 'function']),
);

/**
 * The tools that the model calls: those the caller insists on, or those whose subject the last user message names.
 * Arguments satisfy each tool's schema.
 */
export function chooseToolCalls(ask: Ask): AnswerToolCall[] {
  const chosen = chooseTools(ask);
  const called = ask.parallelTools ? chosen : chosen.slice(0, 1);
  return called.map((tool) => ({
    name: tool.name,
    arguments: sampleSchema(tool.schema, digest([ask.model, ask.seed, tool.name, ask.prompt])),
  }));
}

function chooseTools(ask: Ask): AskTool[] {
  const { toolChoice, tools } = ask;
  if (toolChoice === 'none' || tools.length === 0) return [];
  if (typeof toolChoice === 'object') return tools.filter((tool) => tool.name === toolChoice.name);
  const wanted = tools.filter((tool) => asksFor(ask.prompt, tool.name));
  if (toolChoice === 'required') return wanted.length > 0 ? wanted : tools.slice(0, 1);
  return ask.answersToolResult ? [] : wanted;
}

function asksFor(prompt: string, toolName: string): boolean {
  const text = prompt.toLowerCase();
  if (text.includes(toolName.toLowerCase())) return true;
  const words = toolName
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !PLAIN_WORDS.has(word));
  return words.length > 0 && words.every((word) => text.includes(word));
}
