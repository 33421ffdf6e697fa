import type { checkSchema, Message, Task } from '@pointsman/contracts';
import type { z } from 'zod';
import type { Scene } from './scene.ts';

export type CheckInput = z.input<typeof checkSchema>;

/** What a template makes of a scene. */
export type CaseDraft = {
  messages: readonly Message[];
  /** A right reply: it passes every check. */
  reference: string;
  /** A reply that is wrong and looks right: it fails a check. For tests, never part of the case. */
  nearMiss: string;
  checks: readonly CheckInput[];
};

/** A pattern of cases whose right answer is computed. It draws from the scene only: the same scene, the same draft. */
export type Template = { readonly name: string; readonly task: Task; draft(scene: Scene): CaseDraft };
