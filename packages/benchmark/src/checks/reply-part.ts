import type { CheckPart } from '@pointsman/contracts';
import { findJsonText } from './find-json-text.ts';

type Block = { label: string; text: string };

const FENCE = /^[ \t]*(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*$/u;

/** What stands between fences, in order; a fence that is never closed holds the rest of the text. */
export function fencedBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { fence: string; label: string; lines: string[] } | undefined;
  for (const line of text.split(/\r?\n/u)) {
    const [, fence, label = ''] = FENCE.exec(line) ?? [];
    if (open === undefined) {
      if (fence !== undefined) open = { fence, label: label.toLowerCase(), lines: [] };
    } else if (fence?.startsWith(open.fence) && label === '') {
      blocks.push({ label: open.label, text: open.lines.join('\n') });
      open = undefined;
    } else open.lines.push(line);
  }
  if (open !== undefined) blocks.push({ label: open.label, text: open.lines.join('\n') });
  return blocks;
}

/** The part of a reply that a check reads, trimmed; '' where the reply has no such part. */
export function replyPart(reply: string, part: CheckPart): string {
  const whole = reply.trim();
  switch (part) {
    case 'whole':
      return whole;
    case 'first-line':
      return /^.*/u.exec(whole)?.[0].trim() ?? '';
    case 'last-line':
      return whole.slice(whole.lastIndexOf('\n') + 1).trim();
    case 'code':
      return fencedBlocks(whole)[0]?.text.trim() ?? whole;
    case 'json':
      return jsonPart(whole);
  }
}

/** The first block that is JSON by its label or its looks, broken or not; else the whole; else the first JSON within the prose. */
function jsonPart(whole: string): string {
  const blocks = fencedBlocks(whole);
  const block =
    blocks.find(({ label }) => label.startsWith('json')) ?? blocks.find(({ text }) => /^\s*[[{]/u.test(text));
  if (block !== undefined) return block.text.trim();
  return findJsonText(whole) ?? whole;
}
