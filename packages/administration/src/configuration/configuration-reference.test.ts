import { readFile } from 'node:fs/promises';
import { shippedCatalog } from '@pointsman/model-catalog';
import { describe, expect, it } from 'vitest';
import { type JsonSchema, plainConfigSchema } from './config-json-schema.ts';
import { formatConfigProblems } from './config-problem.ts';
import { CONFIGURATION_DEFAULTS } from './configuration.ts';
import { effectiveCatalog } from './effective-catalog.ts';
import { ENVIRONMENT_VARIABLES } from './environment-variables.ts';
import { loadConfiguration } from './load-configuration.ts';

const page = await readFile(new URL('../../../../docs/reference/configuration.md', import.meta.url), 'utf8');

/** The names of all settings that hold a value, whatever their depth. */
function settingNames(schema: JsonSchema, name: string): string[] {
  const inside = [
    ...Object.entries(schema.properties ?? {}),
    ...(typeof schema.additionalProperties === 'object' ? [['', schema.additionalProperties] as const] : []),
    ...(schema.items?.properties === undefined ? [] : Object.entries(schema.items.properties)),
  ];
  return inside.length === 0 ? [name] : inside.flatMap(([key, child]) => settingNames(child, key));
}

describe('the reference page of the configuration', () => {
  it.each(Object.keys(ENVIRONMENT_VARIABLES))('names the variable %s', (variable) => {
    expect(page).toMatch(new RegExp(`\\n\\| \`${variable}\` +\\|`));
  });

  it.each([...new Set(settingNames(plainConfigSchema, ''))])('names the setting %s', (setting) => {
    expect(page).toMatch(new RegExp(`\`([a-zA-Z]*\\.)*${setting}\``));
  });

  it('tells the defaults that the code has', () => {
    const { limits, server, decisionsDays } = CONFIGURATION_DEFAULTS;
    for (const value of [...Object.values(limits), server.drainMs, server.port, decisionsDays]) {
      expect(page).toMatch(new RegExp(`\`${value}\``));
    }
  });

  it('tells the variables of the first providers as the catalogue has them', () => {
    for (const { id, keyEnv, baseUrlEnv } of shippedCatalog().providers.slice(0, 3)) {
      expect(page).toMatch(new RegExp(`\\| \`${id}\` +\\| \`${keyEnv[0]}\` +\\| \`${baseUrlEnv}\` +\\|`));
    }
  });

  it('shows an example that works', () => {
    const text = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const result = loadConfiguration({ env: { INHOUSE_KEY: 'k' }, file: { path: 'example.yaml', text } });
    if (!result.ok) throw new Error(formatConfigProblems(result.problems));
    const models = effectiveCatalog(shippedCatalog(), result.configuration).models.map(({ id }) => id);
    expect(models).toContain('inhouse/qwen3-32b');
    expect(models).not.toContain('openai/gpt-4o');
  });
});
