import { ApiError, requestJson } from '../../api/index.ts';
import type { Delivery, Letter } from './outbox.ts';

const METHODS = { draft: 'PUT', submit: 'POST', skip: 'POST' } as const;

/** Nobody there, overloaded, or signed out meanwhile: the letter waits. */
const isForLater = ({ status }: ApiError) => status === 0 || status >= 500 || status === 401 || status === 429;

/** Delivers one letter to the queue's API. */
export async function sendLetter({ itemId, kind, body }: Letter): Promise<Delivery> {
  try {
    await requestJson(METHODS[kind], `/annotation/items/${itemId}/${kind}`, { body });
    return { kind: 'gone' };
  } catch (error) {
    if (!(error instanceof ApiError) || isForLater(error)) return { kind: 'later' };
    // A draft of what was submitted meanwhile, or given to somebody else, has nothing left to save.
    return kind === 'draft' ? { kind: 'gone' } : { kind: 'refused', message: error.message };
  }
}
