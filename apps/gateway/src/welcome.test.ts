import { describe, expect, test } from 'vitest';
import { type Welcome, welcome } from './welcome.ts';

const up: Welcome = {
  host: '127.0.0.1',
  port: 8080,
  emulated: undefined,
  models: 29,
  router: 'abc',
  first: undefined,
};

describe('the welcome', () => {
  test('shows the first key and sign-in, and pastes the key into the curl line', () => {
    const operator = { email: 'operator@pointsman.example', password: 'p4ss' };
    const text = welcome({ ...up, first: { secret: 'pm_secret', operator } });
    expect(text).toContain('Bearer pm_secret');
    expect(text).toMatch(/Sign-in +operator@pointsman\.example +p4ss/);
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
