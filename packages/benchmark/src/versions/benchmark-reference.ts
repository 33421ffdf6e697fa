import { benchmarkNameSchema, GatewayError } from '@pointsman/contracts';

/** A benchmark, and which version: the latest where none is named. */
export type BenchmarkReference = { name: string; version: number | undefined };

/**
 * Reads `NAME` or `NAME@VERSION`.
 * @throws {GatewayError} `invalid_request` saying how one is written.
 */
export function parseBenchmarkReference(text: string): BenchmarkReference {
  const [, name, version] = /^([^@]*)(?:@([1-9]\d{0,8}))?$/.exec(text) ?? [];
  if (name === undefined || !benchmarkNameSchema.safeParse(name).success)
    throw new GatewayError(
      'invalid_request',
      `'${text}' names no benchmark: write a name of lower-case words joined by -, and @ with a version where not the latest is meant, such as starter@1.`,
    );
  return { name, version: version === undefined ? undefined : Number(version) };
}

export const referenceText = ({ name, version }: { name: string; version: number }): string => `${name}@${version}`;
