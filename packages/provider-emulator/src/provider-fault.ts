/** An error as a provider words it. Thrown while a request is read or scripted, rendered by its wire format. */
export class ProviderFault extends Error {
  readonly status: number;
  /** The provider's own error type: `invalid_request_error`. */
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  /** Pydantic's list of complaints, where a provider answers with one (Mistral's 422). */
  readonly detail: readonly unknown[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** The body is no JSON at all: an error page of a proxy in front of the provider. */
  readonly page: boolean;

  constructor(
    message: string,
    fault: {
      status: number;
      type: string;
      param?: string | null | undefined;
      code?: string | null | undefined;
      detail?: readonly unknown[] | undefined;
      retryAfterSeconds?: number | undefined;
      page?: boolean | undefined;
    },
  ) {
    super(message);
    this.name = 'ProviderFault';
    this.status = fault.status;
    this.type = fault.type;
    this.param = fault.param ?? null;
    this.code = fault.code ?? null;
    this.detail = fault.detail;
    this.retryAfterSeconds = fault.retryAfterSeconds;
    this.page = fault.page ?? false;
  }
}
