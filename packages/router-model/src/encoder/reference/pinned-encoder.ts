import type { EncoderDescription, FileFacts, ONNX_FILE, TOKENIZER_FILE } from '../encoder-description.ts';

/** A file of a hub's repository, known down to its last byte. */
export type PinnedFile = FileFacts & { path: string };

/** An encoder on a public model hub, at one revision. */
export type PinnedEncoder = Pick<EncoderDescription, 'kind' | 'width' | 'maxTokens'> & {
  /** Without a slash at the end. */
  hub: string;
  repository: string;
  revision: string;
  licence: string;
  files: Record<typeof ONNX_FILE | typeof TOKENIZER_FILE, PinnedFile>;
};

export function urlOf({ hub, repository, revision }: PinnedEncoder, { path }: PinnedFile): string {
  return `${hub}/${repository}/resolve/${revision}/${path}`;
}
