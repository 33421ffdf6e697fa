import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { configJsonSchema } from './config-json-schema.ts';

describe('the published JSON Schema of the configuration file', () => {
  it('is what the code checks; renew it with: pnpm pointsman config schema --out docs/reference/pointsman.config.schema.json', async () => {
    const published = new URL('../../../../docs/reference/pointsman.config.schema.json', import.meta.url);
    expect(JSON.parse(await readFile(published, 'utf8'))).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
  });
});
