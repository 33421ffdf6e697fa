import { pipeline, Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';

/** Where chunks come from: an exchange, or the decoder in front of one. */
export type ChunkSource = { next(): Promise<Buffer | undefined> };

// Each chunk is given out as soon as it can be decoded, and a stream that stops short ends instead of failing here:
// whether it was whole is for the reader of its events to say.
const SYNC: zlib.ZlibOptions = { flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH };
const BROTLI: zlib.BrotliOptions = {
  flush: zlib.constants.BROTLI_OPERATION_FLUSH,
  finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH,
};

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib.createGunzip(SYNC),
  'x-gzip': () => zlib.createGunzip(SYNC),
  deflate: () => zlib.createInflate(SYNC),
  br: () => zlib.createBrotliDecompress(BROTLI),
  zstd: () => zlib.createZstdDecompress(),
};

/**
 * The source, decoded when the provider compressed although we asked it not to. Throws `RangeError` for an encoding that
 * nobody can read.
 */
export function decodeBody(source: ChunkSource, encoding: string | string[] | undefined): ChunkSource {
  const names = String(encoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  return names.reduceRight(decodeOne, source);
}

function decodeOne(source: ChunkSource, encoding: string): ChunkSource {
  const create = DECODERS[encoding];
  if (create === undefined)
    throw new RangeError(`the reply is encoded as ${JSON.stringify(encoding)}, which cannot be read`);
  const decoder = create();
  // Errors of either side come out of the iterator below.
  pipeline(Readable.from(chunksOf(source), { objectMode: true }), decoder, () => undefined);
  const decoded: AsyncIterator<Buffer> = decoder[Symbol.asyncIterator]();
  return {
    next: async () => {
      const { done, value } = await decoded.next();
      return done === true ? undefined : value;
    },
  };
}

async function* chunksOf(source: ChunkSource): AsyncGenerator<Buffer> {
  for (let chunk = await source.next(); chunk !== undefined; chunk = await source.next()) yield chunk;
}
