import { describe, expect, it } from 'vitest';
import { escapeMarkdown, fenced, inlineCode } from './escape-markdown.ts';

describe('text of others in Markdown', () => {
  it('stays text: no markup, no HTML, no link', () => {
    expect(escapeMarkdown('**b** <b>x</b> [a](https://evil.example) `c`\n# h | d')).toBe(
      '\\*\\*b\\*\\* \\<b\\>x\\</b\\> \\[a\\]\\(https:\u200b//evil.example\\) \\`c\\` \\# h \\| d',
    );
  });

  it('notifies nobody and refers to no issue', () => {
    expect(escapeMarkdown('ask @octocat about #12')).toBe('ask @\u200boctocat about \\#\u200b12');
    expect(escapeMarkdown('starter@1')).toBe('starter@1');
  });

  it('cannot leave the block it is quoted in', () => {
    expect(fenced('a\n````\n<script>')).toBe('`````text\na\n````\n<script>\n`````');
    expect(fenced('plain')).toBe('```text\nplain\n```');
  });

  it('cannot leave inline code or a table cell', () => {
    expect(inlineCode('a`b|c\nd')).toBe('`a b\\|c d`');
  });
});
