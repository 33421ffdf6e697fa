import { defineConfig } from 'vitest/config';

// One root config: project globs do not inherit resolve conditions (docs/decisions/0002-toolchain.md).
const conditions = ['@pointsman/source', 'module', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{apps,packages}/*/{src,test}/**/*.test.ts', 'scripts/**/*.test.ts'],
    execArgv: ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
