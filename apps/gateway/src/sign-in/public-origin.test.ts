import { describe, expect, test } from 'vitest';
import { publicOrigin } from './public-origin.ts';

const given = (headers: Record<string, string>) => (name: string) => headers[name];

describe('the public origin', () => {
  test('is the configured one, whatever a request says', () => {
    const lie = given({ host: 'evil.example', 'x-forwarded-proto': 'http' });
    expect(publicOrigin('https://pointsman.example', lie)).toBe('https://pointsman.example');
  });

  test.each([
    [{ host: '127.0.0.1:8080' }, 'http://127.0.0.1:8080'],
    [{ host: 'p.example', 'x-forwarded-proto': 'https' }, 'https://p.example'],
    [{ host: 'p.example', 'x-forwarded-proto': 'https, http' }, 'https://p.example'],
    [{ host: 'p.example', 'x-forwarded-proto': 'javascript' }, 'http://p.example'],
    [{ host: 'p.example/path?x' }, 'http://p.example'],
    [{ host: ' ' }, 'http://localhost'],
    [{}, 'http://localhost'],
  ])('is else read from the request: %j', (headers, origin) => {
    expect(publicOrigin(undefined, given(headers))).toBe(origin);
  });
});
