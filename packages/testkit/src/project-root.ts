import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** The directory of `pnpm-workspace.yaml`, found upwards from this file. */
export function projectRoot(): string {
  let at = import.meta.dirname;
  while (!existsSync(`${at}/pnpm-workspace.yaml`)) {
    if (dirname(at) === at) throw new Error(`there is no pnpm-workspace.yaml above ${import.meta.dirname}`);
    at = dirname(at);
  }
  return at;
}
