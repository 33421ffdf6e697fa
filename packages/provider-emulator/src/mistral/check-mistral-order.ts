import { isObject, type JsonObject } from '../json-value.ts';
import { mistralRefusal } from './mistral-faults.ts';

/** Refuses conversations that Mistral refuses: who speaks after whom, tool call ids, unanswered calls. */
export function checkMistralOrder(messages: readonly JsonObject[]): void {
  for (const message of messages) checkIds(message);
  let open: string[] = [];
  for (const [index, message] of messages.entries()) {
    const role = message.role;
    if (role === 'tool') {
      open = answerCall(open, String(message.tool_call_id));
      continue;
    }
    if (open.length > 0) throw wrongOrder('Not the same number of function calls and responses');
    const before = messages[index - 1]?.role;
    if (role === 'user' && before === 'tool') throw wrongOrder("Unexpected role 'user' after role 'tool'");
    if (role === 'assistant' && isEmpty(message)) {
      throw mistralRefusal(
        'Assistant message must have either content or tool_calls, but not none.',
        'invalid_request_assistant_message',
        '3240',
      );
    }
    open = toolCallsOf(message).map((call) => String(call.id));
  }
  if (open.length > 0) throw wrongOrder('Not the same number of function calls and responses');
  checkLast(messages.at(-1));
}

function answerCall(open: readonly string[], id: string): string[] {
  if (!open.includes(id)) throw wrongOrder(`Unexpected tool call id ${id} in tool results`);
  return open.filter((other) => other !== id);
}

function checkLast(last: JsonObject | undefined): void {
  const role = last?.role;
  if (role === 'user' || role === 'tool' || (role === 'assistant' && last?.prefix === true)) return;
  throw wrongOrder(
    `Expected last role User or Tool (or Assistant with prefix True) for serving but got ${String(role)}`,
  );
}

function checkIds(message: JsonObject): void {
  const ids = toolCallsOf(message).map((call) => call.id);
  if (message.role === 'tool') ids.push(message.tool_call_id);
  for (const id of ids) {
    if (typeof id === 'string' && /^[a-zA-Z0-9]{9}$/.test(id)) continue;
    throw mistralRefusal(
      `Tool call id was ${String(id)} but must be a-z, A-Z, 0-9, with a length of 9.`,
      'invalid_function_call',
      '3280',
    );
  }
}

function toolCallsOf(message: JsonObject): JsonObject[] {
  return Array.isArray(message.tool_calls) ? message.tool_calls.filter(isObject) : [];
}

function isEmpty(message: JsonObject): boolean {
  const { content } = message;
  const silent =
    content === undefined || content === null || content === '' || (Array.isArray(content) && content.length === 0);
  return silent && toolCallsOf(message).length === 0;
}

function wrongOrder(message: string): Error {
  return mistralRefusal(message, 'invalid_request_message_order', '3230');
}
