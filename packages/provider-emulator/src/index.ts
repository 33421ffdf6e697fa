export type {
  Behaviour,
  EmulatedModel,
  Emulator,
  EmulatorOptions,
  FaultKind,
  ReceivedRequest,
  RecordedReply,
  Recording,
  ScriptedFault,
} from './emulator-types.ts';
export { loadRecordings, type RecordedRow, type RecordingOptions } from './load-recordings.ts';
export { startEmulator } from './start-emulator.ts';
