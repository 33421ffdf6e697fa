import type { Contestant } from '@pointsman/contracts';

/** A model and the prompt it ran under; the hash tells two versions of one file apart. */
export const contestantName = ({ model, prompt }: Contestant): string =>
  prompt === undefined ? model : `${model} + ${prompt.name} (${prompt.hash.slice(0, 8)})`;
