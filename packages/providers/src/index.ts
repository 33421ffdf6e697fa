export { assessRequest } from './assess-request.ts';
export { isHeldBack } from './client/breakers.ts';
export { createProviderClient } from './create-provider-client.ts';
export {
  type AttemptReport,
  type CallOptions,
  type ChatAnswer,
  type ChatCall,
  type ChatReply,
  type ChatStream,
  type Consumed,
  type EmbeddingAnswer,
  type EmbeddingCall,
  type ProviderClient,
  type ProviderClientOptions,
  ProviderError,
  type ProviderErrorDetails,
  type RateLimit,
  type RequestAssessment,
  type StreamPart,
  type Timeouts,
} from './types.ts';
