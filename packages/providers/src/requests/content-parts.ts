import type { CatalogModel, ChatRequest, ContentPart, Message, Modality } from '@pointsman/contracts';
import { oncePerRequest } from './once-per-request.ts';

/** The parts of a message's content; a plain string is one text part, no content is none. */
export function partsOf(content: Message['content']): ContentPart[] {
  if (content === undefined || content === null) return [];
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

/** The words of a content, for formats that take only text in this place. */
export function plainText(content: Message['content']): string {
  return partsOf(content)
    .map((part) => (part.type === 'text' ? part.text : part.type === 'refusal' ? part.refusal : ''))
    .join('');
}

const MODALITY: Record<ContentPart['type'], Modality> = {
  text: 'text',
  refusal: 'text',
  image_url: 'image',
  input_audio: 'audio',
  file: 'pdf',
};

const neededModalities = oncePerRequest((request): Modality[] => {
  const parts = request.messages.flatMap(({ content }) => (typeof content === 'string' ? [] : partsOf(content)));
  return [...new Set(parts.map((part) => MODALITY[part.type]))].filter((modality) => modality !== 'text');
});

/** Input modalities the conversation needs and the model does not have. */
export function missingModalities(model: CatalogModel, request: ChatRequest): Modality[] {
  return neededModalities(request).filter((modality) => !model.modalities.input.includes(modality));
}

export type DataUrl = { mediaType: string; base64: string };

/** A base64 `data:` URL taken apart; undefined for any other URL. Parameters such as `;charset=` are left out. */
export function parseDataUrl(url: string): DataUrl | undefined {
  const comma = url.indexOf(',');
  if (!url.startsWith('data:') || comma === -1) return undefined;
  const [mediaType, ...parameters] = url.slice('data:'.length, comma).split(';');
  if (!parameters.includes('base64')) return undefined;
  return {
    mediaType: mediaType === undefined || mediaType === '' ? 'text/plain' : mediaType.toLowerCase(),
    base64: url.slice(comma + 1),
  };
}

export type FilePart = {
  /** A `data:` URL or an https address. */
  url: string | undefined;
  /** A file in the store of the provider it was uploaded to; no other provider can read it. */
  fileId: string | undefined;
  name: string | undefined;
};

/** OpenAI's file part: `file_data` is a data URL, or (as OpenRouter allows) an address; bare base64 is a PDF. */
export function readFilePart(part: Extract<ContentPart, { type: 'file' }>): FilePart {
  const { file_data: data, file_id: id, filename } = part.file;
  const text = typeof data === 'string' && data !== '' ? data : undefined;
  const isUrl = text !== undefined && /^(data:|https?:)/.test(text);
  return {
    url: text === undefined || isUrl ? text : `data:application/pdf;base64,${text}`,
    fileId: typeof id === 'string' ? id : undefined,
    name: typeof filename === 'string' ? filename : undefined,
  };
}
