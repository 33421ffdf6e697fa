/** An answer of the API that is no success. `status` is 0 when there was no answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** The field the server complains of. */
  readonly param: string | undefined;

  constructor(status: number, { code, message, param }: { code: string; message: string; param?: string | undefined }) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.param = param;
  }
}

/** Reads the error body that every route of the gateway shares (OpenAI's shape). */
export async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as { error: { code: string; message: string; param: string | null } };
    return new ApiError(response.status, { ...error, param: error.param ?? undefined });
  } catch {
    // A proxy in between speaks for itself.
    return new ApiError(response.status, { code: 'no_json', message: text.slice(0, 300) || response.statusText });
  }
}
