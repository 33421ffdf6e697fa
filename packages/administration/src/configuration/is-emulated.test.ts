import { describe, expect, it } from 'vitest';
import { isEmulated } from './is-emulated.ts';
import { loadConfiguration } from './load-configuration.ts';

function emulated(env: Record<string, string>, text?: string): boolean {
  const read = loadConfiguration({
    env: { POINTSMAN_DATA_DIR: '/tmp', ...env },
    file: text === undefined ? undefined : { path: 'pointsman.config.yaml', text },
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return isEmulated(read.configuration);
}

const OWN = 'providers:\n  acme: { baseUrl: "http://acme.example/v1", apiKey: k }\n';

describe('the emulator', () => {
  it('answers when nothing is configured', () => {
    expect(emulated({})).toBe(true);
  });

  it('leaves the word to real providers as soon as one has a key, a shipped one or one of your own', () => {
    expect(emulated({ OPENAI_API_KEY: 'sk' })).toBe(false);
    expect(emulated({}, OWN)).toBe(false);
  });

  it('does what it is told, keys or not', () => {
    expect(emulated({ OPENAI_API_KEY: 'sk', POINTSMAN_EMULATOR: 'on' })).toBe(true);
    expect(emulated({ POINTSMAN_EMULATOR: 'off' })).toBe(false);
  });
});
