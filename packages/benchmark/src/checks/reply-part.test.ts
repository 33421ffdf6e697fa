import { expect, it } from 'vitest';
import { replyPart } from './reply-part.ts';

it('takes the first and the last line that are not blank', () => {
  expect(replyPart('\n  First \nmiddle\n last  \n\n', 'first-line')).toBe('First');
  expect(replyPart('\n  First \nmiddle\n last  \n\n', 'last-line')).toBe('last');
  expect(replyPart(' only ', 'last-line')).toBe('only');
});

it('takes the code of the first block, however it is fenced, else the whole', () => {
  expect(replyPart('Text\n~~~py title="a"\na = "```"\n~~~\n```\nb\n```', 'code')).toBe('a = "```"');
  expect(replyPart('````md\n```\ninner\n```\n````', 'code')).toBe('```\ninner\n```');
  expect(replyPart('a = 1', 'code')).toBe('a = 1');
});

it('takes JSON from a block, from the whole, or from the prose around it', () => {
  expect(replyPart('```js\nlet a;\n```\n```json\n{"a":1}\n```', 'json')).toBe('{"a":1}');
  expect(replyPart('```\n[1,\n```', 'json')).toBe('[1,');
  expect(replyPart(' "text" ', 'json')).toBe('"text"');
  expect(replyPart('See [the notes] and {"a": "}{"} or {"b": 2}', 'json')).toBe('{"a": "}{"}');
  expect(replyPart('none at all', 'json')).toBe('none at all');
});
