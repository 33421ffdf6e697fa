import { describe, expect, it } from 'vitest';
import { findJson } from './find-json.ts';

describe('the JSON of a reply', () => {
  it.each([
    ['alone', '{"a": 1}'],
    ['with white space and a byte order mark', '\uFEFF \n{"a": 1}\n'],
    ['fenced', '```json\n{"a": 1}\n```'],
    ['fenced without a label, prose around', 'Here you are:\n\n```\n{"a": 1}\n```\nAnything else?'],
    ['in a fence that was never closed', 'Sure!\n```json\n{"a": 1}'],
    ['after prose with brackets', 'Of the set {x, y} and source [1] I say: {"a": 1}. Then {"b": 2}.'],
    ['after a broken first go', 'Here: {"a": 1,} oops, corrected: {"a": 1}'],
    ['fenced, while the prose quotes other JSON', 'For {"x": 1} it is\n```json\n{"a": 1}\n```'],
    ['after code in another language', '```python\nd = {"x": 1}\n```\n```json\n{"a": 1}\n```'],
  ])('is found %s', (_, text) => {
    expect(findJson(text, 'object')).toEqual({ value: { a: 1 } });
  });

  it('keeps a fence that stands inside a string', () => {
    const value = { a: 'use\n```js\nx\n```' };
    expect(findJson(`So: ${JSON.stringify(value)} done`, 'object')).toEqual({ value });
  });

  it('is the whole of a scalar', () => {
    expect(findJson(' 12 ', 'any')).toEqual({ value: 12 });
    expect(findJson('about 12', 'any')).toEqual({ complaint: 'The reply holds no JSON value, only prose.' });
  });

  it('is never taken out of another value, sound or broken', () => {
    expect(findJson('It is [{"a": 1}].', 'object')).toEqual({ value: [{ a: 1 }] });
    expect(findJson('It is {"b": {"a": 1}, }.', 'object')).toEqual({
      complaint: expect.stringMatching(/trailing comma/),
    });
    expect(findJson('It is {b: {"a": 1}}.', 'object')).toEqual({ complaint: expect.stringMatching(/name in double/) });
    expect(findJson('It is {"b": {"a": 1}', 'object')).toEqual({ complaint: expect.stringMatching(/still open/) });
  });

  it('is never the JSON that the prose quotes while the fenced answer is broken', () => {
    expect(findJson('For {"a": 1} it is\n```json\n{"a": 2,}\n```', 'object')).toEqual({
      complaint: expect.stringMatching(/trailing comma before }, at line 3, column 8/),
    });
  });

  it('is reported missing from prose and from nothing', () => {
    expect(findJson('I would give it an A.', 'object')).toEqual({
      complaint: 'The reply holds no JSON object, only prose.',
    });
    expect(findJson(' \n', 'object')).toEqual({ complaint: 'The reply is empty; JSON was wanted.' });
  });

  it('is reported broken with line, column and the place itself', () => {
    const text = 'Verdict:\n{\n  "a": "first",\n  "b": second\n}';
    expect(findJson(text, 'object')).toEqual({
      complaint:
        'The JSON is broken: wanted a value, got "second", at line 4, column 8, near …ict: { "a": "first", "b": ⟪s⟫econd }.',
    });
  });

  it('is reported cut with where it opened, and no half character in the excerpt', () => {
    const found = findJson(`{"a": "${'😀'.repeat(40)}`, 'object');
    expect(found).toEqual({
      complaint: expect.stringMatching(/ends inside a string, at line 1, .*; still open: line 1, column 7/),
    });
    expect('complaint' in found && found.complaint.isWellFormed()).toBe(true);
  });
});
