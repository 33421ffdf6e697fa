import type { ChunkSource } from './decode-body.ts';

/** The whole body. Throws `RangeError` past `mostBytes`, decoded bytes counted. */
export async function readBounded(source: ChunkSource, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for (let chunk = await source.next(); chunk !== undefined; chunk = await source.next()) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new RangeError(`the reply is larger than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}
