import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'yaml';

// The largest public catalogue has 3 MB; a file or a reply beyond this is a mistake.
const LARGEST_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/**
 * The content of a JSON or YAML file, or of JSON at an http(s) address.
 * @throws {Error} saying in one sentence what could not be read and why.
 */
export async function readDocument(source: string, directory: string): Promise<unknown> {
  const isAddress = /^https?:\/\//.test(source);
  const text = isAddress ? await fetchText(source) : await readText(resolve(directory, source), source);
  try {
    return isAddress || source.endsWith('.json') ? JSON.parse(text) : parse(text);
  } catch (error) {
    throw new Error(`${source} is neither JSON nor YAML: ${firstLine(error)}`, { cause: error });
  }
}

async function readText(path: string, source: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`Cannot read ${source}: ${firstLine(error)}`, { cause: error });
  }
}

async function fetchText(address: string): Promise<string> {
  try {
    const response = await fetch(address, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/json' },
    });
    if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`);
    return await readBounded(response);
  } catch (error) {
    throw new Error(`Cannot fetch ${address}: ${reasonOf(error)}`, { cause: error });
  }
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_BYTES) throw new Error(`the reply is larger than ${LARGEST_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `no complete answer within ${TIMEOUT_MS / 1000} s`;
  // fetch hides the reason behind "fetch failed".
  return firstLine(error instanceof Error && error.cause instanceof Error ? error.cause : error);
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
