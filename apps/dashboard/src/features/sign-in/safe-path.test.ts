import { expect, test } from 'vitest';
import { safePath } from './safe-path.ts';

test.each([
  ['/overview?client=c#x', '/overview?client=c#x'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?to=/sign-in', '/'],
  [undefined, '/'],
  [7, '/'],
])('after %j people land on %s', (path, landing) => {
  expect(safePath(path)).toBe(landing);
});
