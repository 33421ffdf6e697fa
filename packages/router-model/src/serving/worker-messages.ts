import type { Manifest } from '../artefact/manifest.ts';
import type { Prompt } from '../prompt.ts';
import type { RawPrediction } from './router-session.ts';

/** What a worker is started with. */
export type WorkerStart = { artefactDir: string };

/** `clientId` decides whose own scores the estimates take in, where an artefact holds any of the client's. */
export type PredictRequest = { id: number; prompt: Prompt; clientId: string | undefined };

/** The first message of a worker: it serves, or why it cannot. */
export type WorkerGreeting = { kind: 'ready'; manifest: Manifest } | { kind: 'unusable'; message: string };

export type WorkerReply =
  | { kind: 'predicted'; id: number; prediction: RawPrediction }
  | { kind: 'failed'; id: number; message: string };

export type WorkerMessage = WorkerGreeting | WorkerReply;
