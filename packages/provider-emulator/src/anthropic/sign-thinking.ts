import { createHmac } from 'node:crypto';

// No secret: it only has to tell blocks that an emulator wrote from blocks that it did not.
const LABEL = 'pointsman-provider-emulator';

/** The signature under a thinking block; whoever sends the block back must send both unchanged. */
export function signThinking(thinking: string): string {
  return createHmac('sha256', LABEL).update(thinking).digest('base64');
}
