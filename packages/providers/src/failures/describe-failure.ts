import { isObject, listOf, objectOf, textOf } from '../json-value.ts';

/** Long enough for every known provider message, short enough for a log line and a header-sized report. */
const MOST_MESSAGE_CHARS = 600;

export type ErrorFields = {
  message: string;
  type: string | undefined;
  code: string | undefined;
  param: string | undefined;
};

/**
 * The words of an error body in any of the shapes hosts use: `{error: {message, type, code, param}}`, `{error: "..."}`,
 * `{message}`, FastAPI's `{detail: [{loc, msg, type}]}`, or plain text.
 */
export function readErrorFields(body: unknown): ErrorFields {
  const root = objectOf(body);
  const error = isObject(root.error) ? root.error : root;
  const detail = objectOf(listOf(root.detail)[0]);
  const message =
    textOf(error.message) ??
    textOf(root.error) ??
    textOf(detail.msg) ??
    textOf(root.detail) ??
    textOf(objectOf(error.message).detail) ??
    textOf(body) ??
    (body === undefined ? 'no message' : JSON.stringify(body));
  const code = error.code ?? undefined;
  const loc = listOf(detail.loc).slice(1).join('.');
  return {
    message: shorten(message),
    type: textOf(error.type) ?? textOf(detail.type),
    code: typeof code === 'number' ? String(code) : textOf(code),
    param: textOf(error.param) ?? textOf(loc),
  };
}

/** One line, bounded. */
export function shorten(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length <= MOST_MESSAGE_CHARS ? line : `${line.slice(0, MOST_MESSAGE_CHARS)}...`;
}
