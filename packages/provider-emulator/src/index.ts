export type {
  Behaviour,
  EmulatedModel,
  Emulator,
  EmulatorOptions,
  FaultKind,
  ReceivedRequest,
  Recording,
  RecordedReply,
  ScriptedFault,
} from './emulator-types.ts';
