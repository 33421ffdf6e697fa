import type {
  Base64ImageSource,
  CacheControlEphemeral,
  DocumentBlockParam,
  ImageBlockParam,
  TextBlockParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { ContentPart } from '@pointsman/contracts';
import { isObject } from '../json-value.ts';
import { parseDataUrl, readFilePart } from '../requests/content-parts.ts';

export type ContentBlock = TextBlockParam | ImageBlockParam | DocumentBlockParam;

type Cacheable = { cache_control?: CacheControlEphemeral | null };

/** Copies a prompt-cache hint, which clients write on OpenAI-format parts just as Anthropic defines it. */
export function cacheControlOf(carrier: Record<string, unknown>): Cacheable {
  const hint = carrier.cache_control;
  return isObject(hint) && hint.type === 'ephemeral' ? { cache_control: hint as unknown as CacheControlEphemeral } : {};
}

/** One part as a block; undefined for parts that carry nothing (the API refuses empty text) or cannot be carried. */
export function writeContentBlock(part: ContentPart): ContentBlock | undefined {
  switch (part.type) {
    case 'text':
      return part.text === '' ? undefined : { type: 'text', text: part.text, ...cacheControlOf(part) };
    case 'refusal':
      return part.refusal === '' ? undefined : { type: 'text', text: part.refusal };
    case 'image_url':
      return { type: 'image', source: imageSource(part.image_url.url), ...cacheControlOf(part) };
    case 'file':
      return writeFile(part);
    case 'input_audio':
      return undefined;
  }
}

function imageSource(url: string): ImageBlockParam['source'] {
  const data = parseDataUrl(url);
  if (data === undefined) return { type: 'url', url };
  return { type: 'base64', media_type: data.mediaType as Base64ImageSource['media_type'], data: data.base64 };
}

function writeFile(part: Extract<ContentPart, { type: 'file' }>): ContentBlock | undefined {
  const { url, name } = readFilePart(part);
  if (url === undefined) return undefined;
  const data = parseDataUrl(url);
  const extras = { ...(name !== undefined && { title: name }), ...cacheControlOf(part) };
  if (data === undefined) return { type: 'document', source: { type: 'url', url }, ...extras };
  if (data.mediaType.startsWith('image/')) return { type: 'image', source: imageSource(url), ...cacheControlOf(part) };
  if (data.mediaType === 'application/pdf') {
    return {
      type: 'document',
      source: { type: 'base64', media_type: 'application/pdf', data: data.base64 },
      ...extras,
    };
  }
  const text = Buffer.from(data.base64, 'base64').toString('utf8');
  return { type: 'document', source: { type: 'text', media_type: 'text/plain', data: text }, ...extras };
}

/** Why a part cannot reach Anthropic at all; undefined when it can. */
export function unwritablePart(part: ContentPart): string | undefined {
  if (part.type === 'input_audio') return 'audio input';
  if (part.type !== 'file') return undefined;
  const { url, fileId } = readFilePart(part);
  if (url === undefined)
    return fileId === undefined ? 'a file part without data' : 'files uploaded to another provider (file_id)';
  const mediaType = parseDataUrl(url)?.mediaType;
  const readable = mediaType === undefined || /^(application\/(pdf|json|xml)|text\/|image\/)/.test(mediaType);
  return readable ? undefined : `${mediaType} files`;
}
