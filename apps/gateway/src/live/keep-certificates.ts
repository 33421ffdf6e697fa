import { type CertificateCheck, checkCertificates } from './check-certificates.ts';

/** Often enough that drift is seen within the hour, seldom enough that looking costs nothing. */
const EVERY_MS = 10 * 60_000;

export type CertificateKeeping = Omit<CertificateCheck, 'everyMs'> & { onError(error: unknown): void };

/** Looks for drift now and then; of several gateways one looks at each certificate. */
export function keepCertificates(keeping: CertificateKeeping): { stop(): void } {
  let stopped = false;
  const keep = async () => {
    try {
      await checkCertificates({ ...keeping, everyMs: EVERY_MS });
    } catch (error) {
      // Whoever stops closes the database next: what that interrupts is done by the next start.
      if (!stopped) keeping.onError(error);
    }
  };
  void keep();
  const timer = setInterval(keep, EVERY_MS);
  timer.unref();
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
