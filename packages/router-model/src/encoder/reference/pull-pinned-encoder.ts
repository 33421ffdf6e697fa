import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  DESCRIPTION_FILE,
  type EncoderDescription,
  encoderVersion,
  formatEncoderDescription,
  ONNX_FILE,
  TOKENIZER_FILE,
} from '../encoder-description.ts';
import { replaceFiles } from '../replace-files.ts';
import { type PinnedEncoder, type PinnedFile, urlOf } from './pinned-encoder.ts';

export type PullProgress = { file: string; receivedBytes: number; totalBytes: number };

export type PullOptions = {
  /** The way to the network: this package has none of its own. */
  fetch: (url: string) => Promise<Response>;
  /** A folder that holds the files under the hub's names: nothing is downloaded. */
  from?: string | undefined;
  /** Called as bytes arrive. */
  onProgress?: ((progress: PullProgress) => void) | undefined;
};

const FILES = [ONNX_FILE, TOKENIZER_FILE] as const;

/** Puts a pinned encoder into an encoder folder, every byte checked, or leaves `dir` as it was and says why. */
export async function pullPinnedEncoder(
  dir: string,
  encoder: PinnedEncoder,
  options: PullOptions,
): Promise<EncoderDescription> {
  const description = describe(encoder);
  await replaceFiles(dir, [...FILES, DESCRIPTION_FILE], async (staging) => {
    for (const name of FILES) {
      const pinned = encoder.files[name];
      const chunks = options.from === undefined ? download(encoder, pinned, options) : readFrom(options.from, pinned);
      await receive(chunks, pinned, join(staging, name), options);
    }
    await writeFile(join(staging, DESCRIPTION_FILE), formatEncoderDescription(description));
  });
  return description;
}

function describe({ kind, width, maxTokens, files, ...origin }: PinnedEncoder): EncoderDescription {
  const factsOf = ({ sha256, bytes }: PinnedFile) => ({ sha256, bytes });
  return {
    format: 1,
    version: encoderVersion(files[ONNX_FILE].sha256),
    kind,
    width,
    maxTokens,
    merge: 1,
    files: { [ONNX_FILE]: factsOf(files[ONNX_FILE]), [TOKENIZER_FILE]: factsOf(files[TOKENIZER_FILE]) },
    provenance: `${origin.repository} at revision ${origin.revision} of ${origin.hub}; licence ${origin.licence}`,
  };
}

async function* download(
  encoder: PinnedEncoder,
  pinned: PinnedFile,
  { fetch }: PullOptions,
): AsyncGenerator<Uint8Array> {
  const url = urlOf(encoder, pinned);
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    const advice = `This machine seems to have no way to ${encoder.hub}. ${byHand(encoder)}`;
    throw new Error(`could not reach ${url}: ${reasonOf(error)}. ${advice}`, { cause: error });
  }
  if (!response.ok || response.body === null)
    throw new Error(`${url} was answered with status ${response.status}. ${byHand(encoder)}`);
  try {
    yield* response.body;
  } catch (error) {
    throw new Error(`the download of ${url} broke off: ${reasonOf(error)}. ${byHand(encoder)}`, { cause: error });
  }
}

function byHand(encoder: PinnedEncoder): string {
  const urls = FILES.map((name) => `  ${urlOf(encoder, encoder.files[name])}`);
  return `Try again, or fetch these files on another machine and pull from a folder that holds them:\n${urls.join('\n')}`;
}

/** Node's fetch says only "fetch failed"; the reason is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

async function* readFrom(folder: string, { path }: PinnedFile): AsyncGenerator<Uint8Array> {
  const file = join(folder, basename(path));
  try {
    yield* createReadStream(file);
  } catch (error) {
    throw new Error(`cannot read ${file}: the folder must hold ${basename(path)}`, { cause: error });
  }
}

/** Writes chunks to a file as they come. Throws when they are not the pinned bytes. */
async function receive(
  chunks: AsyncIterable<Uint8Array>,
  pinned: PinnedFile,
  target: string,
  { onProgress }: PullOptions,
): Promise<void> {
  const hash = createHash('sha256');
  let receivedBytes = 0;
  const file = await open(target, 'w');
  try {
    for await (const chunk of chunks) {
      receivedBytes += chunk.length;
      if (receivedBytes > pinned.bytes) break;
      hash.update(chunk);
      await file.appendFile(chunk);
      onProgress?.({ file: basename(pinned.path), receivedBytes, totalBytes: pinned.bytes });
    }
  } finally {
    await file.close();
  }
  checkReceived(pinned, receivedBytes, hash.digest('hex'));
}

function checkReceived({ path, bytes, sha256 }: PinnedFile, receivedBytes: number, found: string): void {
  if (receivedBytes > bytes) throw new Error(`${path} is not the pinned file: it has more than ${bytes} bytes`);
  if (receivedBytes < bytes) throw new Error(`${path} is incomplete: ${receivedBytes} of ${bytes} bytes`);
  if (found !== sha256) throw new Error(`${path} is not the pinned file: expected SHA-256 ${sha256}, found ${found}`);
}
