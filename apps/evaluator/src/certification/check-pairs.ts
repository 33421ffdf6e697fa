import { activeCertificate, expireCertificate } from '@pointsman/administration';
import { checkLive, issuedCertificateSchema, type LiveCheck } from '@pointsman/router-model/floor';
import { z } from 'zod';
import type { Session } from '../command-context.ts';

const unit = z.number().min(0).max(1);
const pairSchema = z.object({ strongest: unit, routed: unit });

export type PairsCheck = { certificateId: string; check: LiveCheck; expired: boolean };

/** Checks the certificate in force for a policy on paired scores, in the order they came, and expires a broken one. */
export async function checkPairs(
  session: Session,
  input: { policy: string; client?: string | undefined; lines: readonly string[] },
): Promise<PairsCheck> {
  const { id, body } = await activeCertificate(session.repositories, input);
  const { certificate } = issuedCertificateSchema.parse(body);
  const check = checkLive(certificate, input.lines.map(pairOf));
  const isBroken = check.kind === 'broken';
  if (isBroken) {
    const why = `${check.pairs} live pairs show that the promise is broken`;
    await expireCertificate(session.repositories, { id, why });
  }
  return { certificateId: id, check, expired: isBroken };
}

function pairOf(line: string, index: number): z.infer<typeof pairSchema> {
  const parsed = pairSchema.safeParse(jsonOf(line));
  if (parsed.success) return parsed.data;
  throw new Error(`line ${index + 1} is no pair {"strongest": 0.9, "routed": 0.8} of scores from 0 to 1`);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
