import { createReadStream, createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const OUT = 'dist/web';
const COMPRESSED = /\.(js|css|html|svg|json)$/;

/** Writes .br and .gz beside each text file, once, at the highest level: the gateway only sends them. */
const compressAtBuild = (): Plugin => ({
  name: 'compress-at-build',
  apply: 'build',
  async closeBundle() {
    const files = await readdir(join(import.meta.dirname, OUT), { recursive: true });
    for (const file of files.filter((name) => COMPRESSED.test(name))) {
      const path = join(import.meta.dirname, OUT, file);
      const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
      await pipeline(createReadStream(path), brotli, createWriteStream(`${path}.br`));
      await pipeline(createReadStream(path), createGzip({ level: 9 }), createWriteStream(`${path}.gz`));
    }
  },
});

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressAtBuild()],
  build: { outDir: OUT, emptyOutDir: true, target: 'es2022', manifest: true, reportCompressedSize: false },
  // For work on the pages: `pnpm --filter @pointsman/dashboard exec vite`, beside a gateway on its usual port.
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/v1': 'http://127.0.0.1:8080' } },
});
