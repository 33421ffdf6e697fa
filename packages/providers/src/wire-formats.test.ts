import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { wireFormatNameSchema } from '@pointsman/contracts';
import { expect, it } from 'vitest';
import { wireFormats } from './wire-formats.ts';

const here = new URL('.', import.meta.url);

it('has a format for every name the catalogue may use, each under its own name', () => {
  expect(Object.keys(wireFormats).sort()).toEqual([...wireFormatNameSchema.options].sort());
  for (const [name, format] of Object.entries(wireFormats)) expect(format.name).toBe(name);
});

it('holds every format folder to the contract of wire formats', () => {
  const folders = readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/${entry.name}-format.ts`, here)))
    .map((entry) => entry.name);
  expect(folders.sort()).toEqual([...wireFormatNameSchema.options].sort());
  for (const folder of folders) {
    const test = new URL(`${folder}/${folder}-format.test.ts`, here);
    expect(existsSync(test) && readFileSync(test, 'utf8').includes('describeWireFormat('), folder).toBe(true);
  }
});
