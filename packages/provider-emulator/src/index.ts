export type {
  Behaviour,
  EmulatedModel,
  EmulatedQuestion,
  Emulator,
  EmulatorOptions,
  FaultKind,
  ReceivedRequest,
  RecordedReply,
  Recording,
  ScriptedFault,
} from './emulator-types.ts';
export { loadRecordings, type RecordedRow, type RecordingOptions } from './load-recordings.ts';
export type { MinuteLimits } from './rate-limits.ts';
export { startEmulator } from './start-emulator.ts';
