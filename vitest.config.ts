import { defineConfig } from 'vitest/config';

// One root config: project globs do not inherit resolve conditions (docs/decisions/0002-toolchain.md).
// vitest hands them to Node as --conditions, where 'import' or 'module' would give require() an ES module (pg breaks).
const conditions = ['@pointsman/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{apps,packages}/*/{src,test,bench}/**/*.test.ts', 'scripts/**/*.test.ts'],
    execArgv: ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'],
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
