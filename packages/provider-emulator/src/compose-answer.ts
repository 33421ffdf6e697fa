import type { Answer, AnswerChoice, AnswerToolCall, AnswerUsage } from './answer.ts';
import type { Ask } from './ask.ts';
import { chooseToolCalls } from './choose-tool-calls.ts';
import { composeText } from './compose-text.ts';
import type { Behaviour, RecordedReply } from './emulator-types.ts';
import type { CacheAccount } from './prompt-cache.ts';
import { countTokens, splitTokens } from './split-tokens.ts';

export const NO_RECORDED_TEXT =
  'No text was recorded for this prompt and model; the token counts of this reply are the recorded ones.';

/** What providers add per message for its frame (OpenAI's published figure, and three more per request). */
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_REQUEST = 3;

export type Circumstances = {
  behaviour: Behaviour;
  recorded: RecordedReply | undefined;
  cache: CacheAccount;
};

/** What the emulated model answers: the script first, then what was recorded, then something made from the request. */
export function composeAnswer(ask: Ask, circumstances: Circumstances): Answer {
  const { behaviour } = circumstances;
  const recorded = speaksFreely(ask, behaviour) ? circumstances.recorded : undefined;
  const toolCalls = recorded === undefined ? (behaviour.toolCalls ?? ownToolCalls(ask, behaviour)) : [];
  const reasoningBudget = recorded === undefined ? ask.reasoningBudget : 0;
  const choices = Array.from({ length: ask.choices }, (_, index) =>
    recorded === undefined
      ? composeChoice(ask, behaviour, { index, toolCalls, reasoningBudget })
      : recordedChoice(ask, behaviour, recorded),
  );
  const usage = behaviour.omitUsage === true ? undefined : countUsage(ask, choices, { ...circumstances, recorded });
  return {
    ask,
    choices,
    usage,
    usageOnLastChoice: behaviour.usageOnLastChoice ?? false,
    chunkCount: behaviour.chunkCount,
  };
}

/** Input tokens of a request by the emulator's own count. */
export function countInput(ask: Ask): number {
  const content = ask.segments.reduce((sum, segment) => sum + countTokens(segment), 0);
  return content + ask.messageCount * TOKENS_PER_MESSAGE + TOKENS_PER_REQUEST;
}

/** A recording is free text; it cannot stand in where the request or the script demands something else. */
function speaksFreely(ask: Ask, behaviour: Behaviour): boolean {
  const scripted = [behaviour.reply, behaviour.toolCalls, behaviour.refusal, behaviour.reasoning];
  if (scripted.some((part) => part !== undefined)) return false;
  const mustCall = ask.toolChoice === 'required' || typeof ask.toolChoice === 'object';
  return ask.output.type === 'text' && !(mustCall && ask.tools.length > 0);
}

function ownToolCalls(ask: Ask, behaviour: Behaviour): AnswerToolCall[] {
  return behaviour.reply === undefined && behaviour.refusal === undefined ? chooseToolCalls(ask) : [];
}

function composeChoice(
  ask: Ask,
  behaviour: Behaviour,
  own: { index: number; toolCalls: readonly AnswerToolCall[]; reasoningBudget: number },
): AnswerChoice {
  const reasoning = behaviour.reasoning ?? (own.reasoningBudget > 0 ? composeReasoning(ask) : undefined);
  const base = {
    reasoning,
    scriptedReasoning: behaviour.reasoning,
    finishWord: behaviour.finishReason,
    stopSequence: undefined,
  };
  if (behaviour.refusal !== undefined) {
    return { ...base, text: '', refusal: behaviour.refusal, toolCalls: [], finish: 'refusal' };
  }
  if (own.toolCalls.length > 0) {
    const text = behaviour.reply ?? '';
    return { ...base, text, refusal: undefined, toolCalls: own.toolCalls, finish: 'tool-calls' };
  }
  const room = ask.maxTokens === undefined ? undefined : Math.max(0, ask.maxTokens - reasoningTokens(ask, behaviour));
  const whole = behaviour.reply ?? composeText(ask, own.index, behaviour.chunkCount);
  return { ...base, refusal: undefined, toolCalls: [], ...endText(whole, ask.stop, room) };
}

function recordedChoice(ask: Ask, behaviour: Behaviour, recorded: RecordedReply): AnswerChoice {
  const text = recorded.text ?? NO_RECORDED_TEXT;
  const base = {
    reasoning: undefined,
    scriptedReasoning: undefined,
    refusal: undefined,
    toolCalls: [],
    finishWord: behaviour.finishReason,
    stopSequence: undefined,
  };
  if (ask.maxTokens === undefined || recorded.outputTokens <= ask.maxTokens) return { ...base, text, finish: 'end' };
  return { ...base, text: splitTokens(text).slice(0, ask.maxTokens).join(''), finish: 'length' };
}

/** Ends a text at the first stop sequence or at the token limit, whichever comes first. */
export function endText(
  whole: string,
  stop: readonly string[],
  maxTokens: number | undefined,
): Pick<AnswerChoice, 'text' | 'finish' | 'stopSequence'> {
  const hits = stop
    .filter((sequence) => sequence !== '')
    .map((sequence) => ({ sequence, at: whole.indexOf(sequence) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  const hit = hits[0];
  const stopped = hit === undefined ? whole : whole.slice(0, hit.at);
  const tokens = splitTokens(stopped);
  if (maxTokens !== undefined && tokens.length > maxTokens) {
    return { text: tokens.slice(0, maxTokens).join(''), finish: 'length', stopSequence: undefined };
  }
  return hit === undefined
    ? { text: whole, finish: 'end', stopSequence: undefined }
    : { text: stopped, finish: 'stop-sequence', stopSequence: hit.sequence };
}

function composeReasoning(ask: Ask): string {
  if (!ask.reasoningShown) return '';
  const words = ask.prompt.trim().split(/\s+/).length;
  return `The question has ${words} words. This model is emulated, so the answer says that and repeats what was asked.`;
}

function reasoningTokens(ask: Ask, behaviour: Behaviour): number {
  if (behaviour.reasoningTokens !== undefined) return behaviour.reasoningTokens;
  if (behaviour.reasoning !== undefined) return countTokens(behaviour.reasoning);
  return Math.min(ask.reasoningBudget, ask.maxTokens ?? ask.reasoningBudget);
}

function countUsage(ask: Ask, choices: readonly AnswerChoice[], circumstances: Circumstances): AnswerUsage {
  const { behaviour, recorded, cache } = circumstances;
  const costUsd = behaviour.usageCostUsd;
  if (recorded !== undefined) {
    const each = Math.min(recorded.outputTokens, ask.maxTokens ?? recorded.outputTokens);
    const outputTokens = each * choices.length;
    const none = { cachedInputTokens: behaviour.cachedInputTokens ?? 0, cacheWriteTokens: 0, reasoningTokens: 0 };
    return { inputTokens: recorded.inputTokens, outputTokens, ...none, costUsd };
  }
  const thought = reasoningTokens(ask, behaviour);
  const spoken = choices.reduce((sum, choice) => sum + countChoice(choice), 0);
  // A script may claim more cached tokens than the prompt has; the whole must still hold its parts.
  const inputTokens = Math.max(countInput(ask), behaviour.cachedInputTokens ?? 0);
  return {
    inputTokens,
    cachedInputTokens: behaviour.cachedInputTokens ?? cache.cachedInputTokens,
    cacheWriteTokens: behaviour.cachedInputTokens === undefined ? cache.cacheWriteTokens : 0,
    outputTokens: spoken + thought * choices.length,
    reasoningTokens: thought * choices.length,
    costUsd,
  };
}

function countChoice(choice: AnswerChoice): number {
  const calls = choice.toolCalls.map((call) => `${call.name} ${JSON.stringify(call.arguments)}`).join('\n');
  return countTokens(choice.text) + countTokens(choice.refusal ?? '') + countTokens(calls);
}
