import { join } from 'node:path';
import type { Configuration } from './configuration.ts';

/** The folder of the embedded database: gateway and command line must mean the same one. */
export const embeddedDatabaseDir = ({ dataDir }: Pick<Configuration, 'dataDir'>): string => join(dataDir, 'postgres');
