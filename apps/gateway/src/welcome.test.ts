import { describe, expect, test } from 'vitest';
import { type Welcome, welcome } from './welcome.ts';

const up: Welcome = {
  host: '127.0.0.1',
  port: 8080,
  emulated: undefined,
  models: 29,
  router: 'abc',
  first: undefined,
  publicUrl: undefined,
};

describe('the welcome', () => {
  const first = { secret: 'pm_secret', operator: { email: 'operator@pointsman.example', token: 'inv_t0' } };

  test("shows the first key and the operator's link, and pastes the key into the curl line", () => {
    const text = welcome({ ...up, first });
    expect(text).toContain('Bearer pm_secret');
    expect(text).toContain('http://127.0.0.1:8080/welcome?token=inv_t0\n');
    expect(text).toContain('operator@pointsman.example');
  });

  test('leads people to the address they know, where it is configured', () => {
    const text = welcome({ ...up, first, publicUrl: 'https://p.example' });
    expect(text).toContain('https://p.example/welcome?token=inv_t0');
    expect(text).toContain('http://127.0.0.1:8080/v1');
  });

  test('on a later run shows no secret, and how to get a key', () => {
    const text = welcome(up);
    expect(text).toContain('Bearer $POINTSMAN_KEY');
    expect(text).toContain('keys issue default');
  });

  test('says that models are emulated, and why, exactly when they are', () => {
    expect(welcome({ ...up, emulated: 'no provider key is set' })).toContain('(EMULATED: no provider key is set)');
    expect(welcome(up)).not.toContain('EMULATED');
  });

  test('names an address that a browser on this machine can open when it listens on all', () => {
    expect(welcome({ ...up, host: '0.0.0.0' })).toContain('http://localhost:8080/v1');
  });
});
