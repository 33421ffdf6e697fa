// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration's own syntax for references.
import { inspect } from 'node:util';
import { type Provider, providerSchema } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { formatConfigProblems } from './config-problem.ts';
import type { Configuration } from './configuration.ts';
import { loadConfiguration } from './load-configuration.ts';
import type { Environment } from './read-environment.ts';

const knownProviders: Provider[] = [
  {
    id: 'openai',
    name: 'OpenAI',
    format: 'openai',
    baseUrl: 'https://openai.test/v1',
    keyEnv: ['OPENAI_API_KEY'],
    baseUrlEnv: 'OPENAI_BASE_URL',
  },
  { id: 'groq', name: 'Groq', format: 'openai', baseUrl: 'https://groq.test/v1', keyEnv: ['GROQ_API_KEY', 'GROQ_KEY'] },
  {
    id: 'ollama',
    name: 'Ollama',
    format: 'openai',
    baseUrl: 'http://127.0.0.1:11434/v1',
    needsKey: false,
    baseUrlEnv: 'OLLAMA_BASE_URL',
  },
].map((provider) => providerSchema.parse(provider));

function load(text: string | undefined, env: Environment = {}) {
  const file = text === undefined ? undefined : { path: 'pointsman.config.yaml', text };
  return loadConfiguration({ env, file, knownProviders });
}

function loaded(text: string | undefined, env: Environment = {}): Configuration {
  const result = load(text, env);
  if (!result.ok) throw new Error(formatConfigProblems(result.problems));
  return result.configuration;
}

function problemsOf(text: string | undefined, env: Environment = {}) {
  const result = load(text, env);
  return result.ok ? [] : result.problems;
}

describe('a configuration that says nothing', () => {
  it('serves on 127.0.0.1:8080 with an embedded database and the emulator on demand', () => {
    expect(loaded(undefined)).toMatchObject({
      server: { host: '127.0.0.1', port: 8080, logLevel: 'info' },
      dataDir: './.pointsman',
      databaseUrl: undefined,
      emulator: 'auto',
      defaults: { policy: 'default' },
      providers: {},
    });
  });

  it('is what an empty file means, and one whose sections are empty', () => {
    const nothing = { ...loaded(undefined), file: 'pointsman.config.yaml' };
    expect(loaded('')).toEqual(nothing);
    expect(loaded('# only a comment\n')).toEqual(nothing);
    expect(loaded('server:\nproviders:\ndefaults:\n')).toEqual(nothing);
  });
});

describe('the environment', () => {
  it('gives a provider its key and its address without further configuration', () => {
    const { providers } = loaded(undefined, { GROQ_KEY: ' gsk_1 ', OPENAI_BASE_URL: 'http://proxy.test/v1/' });
    expect(providers.groq?.apiKey?.reveal()).toBe('gsk_1');
    expect(providers.groq?.keyFrom).toBe('GROQ_KEY');
    expect(providers.openai).toMatchObject({ baseUrl: 'http://proxy.test/v1', enabled: true });
    expect(providers.openai?.apiKey).toBeUndefined();
  });

  it('gives the address of a bare host the path that the provider has', () => {
    const addressOf = (address: string) => loaded(undefined, { OLLAMA_BASE_URL: address }).providers.ollama?.baseUrl;
    expect(addressOf('http://gpu.test:11434')).toBe('http://gpu.test:11434/v1');
    expect(addressOf('http://gpu.test:11434/')).toBe('http://gpu.test:11434/v1');
    expect(addressOf('http://gpu.test/ollama/v1')).toBe('http://gpu.test/ollama/v1');
  });

  it('treats an empty variable as one that is not set', () => {
    expect(loaded(undefined, { OPENAI_API_KEY: '', DATABASE_URL: ' ', PORT: '' })).toEqual(loaded(undefined));
  });

  it('prefers POINTSMAN_PORT to PORT, and both to the file', () => {
    expect(loaded('server: { port: 1 }', { PORT: '2', POINTSMAN_PORT: '3' }).server.port).toBe(3);
    expect(loaded('server: { port: 1 }', { PORT: '2' }).server.port).toBe(2);
    expect(loaded('server: { port: 1 }').server.port).toBe(1);
  });

  it('reads relative folders against the given directory', () => {
    const env = { POINTSMAN_DATA_DIR: 'data', POINTSMAN_ROUTER_DIR: '/srv/router' };
    const result = loadConfiguration({ env, directory: '/home/app', knownProviders });
    expect(result).toMatchObject({
      ok: true,
      configuration: {
        dataDir: '/home/app/data',
        artefactsDir: '/home/app/data/artefacts',
        routerDir: '/srv/router',
      },
    });
    const elsewhere = loadConfiguration({ env: { POINTSMAN_ARTEFACTS_DIR: '/mnt/a' }, directory: '/home/app' });
    expect(elsewhere).toMatchObject({ configuration: { artefactsDir: '/mnt/a' } });
  });

  it('names every unsound variable at once and shows no secret', () => {
    const problems = problemsOf(undefined, {
      POINTSMAN_PORT: 'tcp://10.0.0.7:80',
      PORT: '99999',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      REDIS_URL: 'hunter2',
      POINTSMAN_LOG_LEVEL: 'inof',
      POINTSMAN_EMULATR: 'on',
      OPENAI_API_KEY: 'sk hunter2',
      OPENAI_BASE_URL: 'ftp://me:hunter2@host/v1',
    });
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'DATABASE_URL',
      'OPENAI_API_KEY',
      'OPENAI_BASE_URL',
      'POINTSMAN_EMULATR',
      'POINTSMAN_LOG_LEVEL',
      'POINTSMAN_PORT',
      'PORT',
      'REDIS_URL',
    ]);
    const text = formatConfigProblems(problems);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('enableServiceLinks');
    expect(text).toContain('Did you mean info?');
    expect(text).toContain('Did you mean POINTSMAN_EMULATOR?');
  });

  it('leaves variables alone that merely begin with its name', () => {
    expect(problemsOf(undefined, { POINTSMAN_GATEWAY_SERVICE_HOST: '10.0.0.1', POINTSMAN_SHARED_DIR: '/x' })).toEqual(
      [],
    );
  });
});

describe('the file', () => {
  it('is refused with every problem named: path, line, value got and how to mend it', () => {
    const problems = problemsOf(
      [
        'server:',
        '  port: eighty',
        '  loglevel: debug',
        'providers:',
        '  groq:',
        '    baseUrl: groq.test',
        '    apikey: gsk_secret',
        '  gorq: {}',
        'models:',
        '  openai/gpt-4o:',
        '    contextTokens: 0',
        'emulator: of',
        'retention:',
        '  decisionsDays: 2.5',
        'extra: 1',
      ].join('\n'),
    );
    const summary = problems.map(({ path, line, got }) => [path, line, got]);
    expect(summary).toEqual(
      expect.arrayContaining([
        ['server.port', 2, '"eighty"'],
        ['server.loglevel', 3, undefined],
        ['providers.groq.baseUrl', 6, '"groq.test"'],
        ['providers.groq.apikey', 7, undefined],
        ['models.openai/gpt-4o.contextTokens', 11, '0'],
        ['emulator', 12, '"of"'],
        ['retention.decisionsDays', 14, '2.5'],
        ['extra', 15, undefined],
      ]),
    );
    expect(problems).toHaveLength(8);
    expect(problems.map(({ mend }) => mend).join('\n')).toMatch(
      /Did you mean logLevel\?[\s\S]*Did you mean apiKey\?[\s\S]*Did you mean off\?/,
    );
    expect(formatConfigProblems(problems)).not.toContain('gsk_secret');
  });

  it.each([
    ['not YAML', 'server: [1', 'yaml', /./],
    ['a key given twice', 'server: {}\nserver: {}', 'yaml', /unique/],
    ['a list where a mapping belongs', '- 1', '(whole file)', /mapping/],
    ['a text where a mapping belongs', 'providers: groq', 'providers', /mapping/],
    ['a provider nobody knows', 'providers: { gorq: {} }', 'providers.gorq', /Did you mean groq\?/],
    ['a model of a provider nobody knows', 'models: { gorq/x: {} }', 'models.gorq/x', /Did you mean groq\?/],
    ['a model id without provider', 'models: { gpt-4o: {} }', 'models.gpt-4o', /<provider>\/<model>/],
    ['an unset reference', 'providers: { groq: { apiKey: "${NOT_SET}" } }', 'providers.groq.apiKey', /Set NOT_SET/],
    ['an unset reference where a number belongs', 'server: { port: "${NOT_SET}" }', 'server.port', /Set NOT_SET/],
    ['a reference without end', 'providers: { groq: { apiKey: "${GROQ" } }', 'providers.groq.apiKey', /NAME/],
    [
      'a key with a line end',
      'providers: { groq: { apiKey: "a\\nb" } }',
      'providers.groq.apiKey',
      /Copy the key again/,
    ],
    [
      'an unknown quirk',
      'providers: { groq: { quirks: { unsupported: [logprop] } } }',
      'providers.groq.quirks.unsupported[0]',
      /logprobs/,
    ],
    [
      'a price with seven decimals',
      price('inputUsdPerMtok: 0.0000001, outputUsdPerMtok: 1'),
      'models.openai/m.prices[0].inputUsdPerMtok',
      /six decimals/,
    ],
    [
      'a negative price',
      price('inputUsdPerMtok: -1, outputUsdPerMtok: 1'),
      'models.openai/m.prices[0].inputUsdPerMtok',
      /from 0/,
    ],
    ['a price without output', price('inputUsdPerMtok: 1'), 'models.openai/m.prices[0].outputUsdPerMtok', /number/],
    [
      'a date that is none',
      'models: { openai/m: { prices: [{ from: 2026-02-30, inputUsdPerMtok: 1, outputUsdPerMtok: 1 }] } }',
      'models.openai/m.prices[0].from',
      /date/,
    ],
    ['no price at all', 'models: { openai/m: { prices: [] } }', 'models.openai/m.prices', /at least one/],
    ['retries beyond reason', 'defaults: { retries: 99 }', 'defaults.retries', /from 0 to 10/],
  ])('refuses %s with one problem that says what to do', (_title, text, path, mend) => {
    const problems = problemsOf(text);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(`${problems[0]?.message} ${problems[0]?.mend}`).toMatch(mend);
  });

  it('refuses prices and tiers that do not ascend', () => {
    const rates = 'inputUsdPerMtok: 1, outputUsdPerMtok: 1';
    const text = `models: { openai/m: { prices: [
      { from: 2026-02-01, ${rates} },
      { from: 2026-01-01, ${rates}, tiers: [{ aboveInputTokens: 9, ${rates} }, { aboveInputTokens: 9, ${rates} }] }] } }`;
    expect(problemsOf(text).map(({ path }) => path)).toEqual([
      'models.openai/m.prices[1].from',
      'models.openai/m.prices[1].tiers[1].aboveInputTokens',
    ]);
  });

  it('names problems of environment and file together', () => {
    expect(problemsOf('server: { port: x }', { PORT: 'y' }).map(({ path }) => path)).toEqual(['PORT', 'server.port']);
  });

  it('makes numbers and booleans of references where they belong, and takes defaults', () => {
    const text =
      'server: { port: "${P}", host: "${H:-0.0.0.0}" }\nproviders: { groq: { enabled: "${ON}", name: "$${x}" } }';
    const { server, providers } = loaded(text, { P: '9000', ON: 'false' });
    expect(server).toMatchObject({ port: 9000, host: '0.0.0.0' });
    expect(providers.groq).toMatchObject({ enabled: false, name: '${x}' });
  });

  it('keeps a numeric-looking key a text', () => {
    expect(loaded('providers: { groq: { apiKey: "${K}" } }', { K: '12345' }).providers.groq?.apiKey?.reveal()).toBe(
      '12345',
    );
  });

  it('prefers the key and the address that are written in it, and falls back when a reference is empty', () => {
    const env = { GROQ_API_KEY: 'ambient', K: 'written', OPENAI_BASE_URL: 'http://ambient.test/v1' };
    const file = loaded('providers: { groq: { apiKey: "${K}" }, openai: { baseUrl: "http://written.test/v1/" } }', env);
    expect(file.providers.groq?.apiKey?.reveal()).toBe('written');
    expect(file.providers.openai?.baseUrl).toBe('http://written.test/v1');
    expect(loaded('providers: { groq: { apiKey: "${NONE:-}" } }', env).providers.groq?.apiKey?.reveal()).toBe(
      'ambient',
    );
  });

  it('accepts a bare entry as "this local host is there"', () => {
    expect(loaded('providers:\n  ollama:\n').providers.ollama).toMatchObject({ enabled: true, mentioned: true });
  });
});

describe('the result', () => {
  it('is frozen to the bottom', () => {
    const configuration = loaded('models: { ollama/m: { routerNames: [a] } }');
    expect(Object.isFrozen(configuration.models['ollama/m']?.routerNames)).toBe(true);
    expect(Object.isFrozen(configuration.server)).toBe(true);
  });

  it('never shows a secret when it is printed, inspected or serialised', () => {
    const env = {
      OPENAI_API_KEY: 'sk-hunter2',
      DATABASE_URL: 'postgres://a:hunter2@db/x',
      REDIS_URL: 'redis://:hunter2@r',
    };
    const configuration = loaded(undefined, env);
    const printed = [
      JSON.stringify(configuration),
      inspect(configuration, { depth: 9 }),
      `${configuration.databaseUrl}`,
    ];
    expect(printed.join('')).not.toContain('hunter2');
    expect(configuration.databaseUrl?.reveal()).toContain('hunter2');
  });
});

function price(rates: string): string {
  return `models: { openai/m: { prices: [{ from: 2026-01-01, ${rates} }] } }`;
}
