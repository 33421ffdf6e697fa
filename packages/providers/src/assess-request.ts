import type { CatalogModel, ChatRequest, Provider } from '@pointsman/contracts';
import type { RequestAssessment } from './types.ts';
import { wireFormats } from './wire-formats.ts';

/**
 * What of this request the provider and model cannot honour. `removals` make the model ineligible. `ignored` names what
 * the reply will not reflect: a plain field name is dropped altogether; `field:how` is sent in a changed form
 * (`temperature:clamped-to-1`) and must stay in the request.
 */
export function assessRequest(provider: Provider, model: CatalogModel, request: ChatRequest): RequestAssessment {
  return wireFormats[provider.format].assess(provider, model, request);
}
