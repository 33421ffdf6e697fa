import { fileURLToPath } from 'node:url';

/** The checkout's folder, without trailing slash. */
export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
