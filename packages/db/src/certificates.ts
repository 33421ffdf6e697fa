import { GatewayError } from '@pointsman/contracts';
import { and, desc, eq, gte, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Database } from './open-database.ts';
import { certificates, decisions } from './schema.ts';
import { errorCode } from './storage-unavailable.ts';

export type CertificateStatus = 'active' | 'expired' | 'revoked';

export type StoredCertificate = {
  id: string;
  /** `null`: of every client that has none of its own. */
  clientId: string | null;
  policy: string;
  routerVersion: string;
  status: CertificateStatus;
  /** Unvalidated: its reader owns the schema. */
  body: unknown;
  issuedAt: string;
  expiredAt: string | undefined;
  /** Why it is not active any more. */
  why: string | undefined;
  /** When drift was last looked for. */
  checkedAt: string | undefined;
};

export type CertificateInput = Pick<StoredCertificate, 'clientId' | 'policy' | 'routerVersion' | 'body'>;

/** A served request, as far as drift needs to know it. */
export type ServedReading = { domain: string | undefined; familiarity: number };

export type ServedWindow = { certificateId: string; from: string; most: number };

const FOREIGN_KEY_VIOLATION = '23503';

type Row = typeof certificates.$inferSelect;

function certificateOf({ issuedAt, expiredAt, why, checkedAt, ...row }: Row): StoredCertificate {
  return {
    ...row,
    issuedAt: issuedAt.toISOString(),
    expiredAt: expiredAt?.toISOString(),
    why: why ?? undefined,
    checkedAt: checkedAt?.toISOString(),
  };
}

type Ending = { from: CertificateStatus[]; to: CertificateStatus; why: string };

const ownedBy = (clientId: string | null) =>
  clientId === null ? isNull(certificates.clientId) : eq(certificates.clientId, clientId);

/** Certificates of quality floors. At most one of a client and policy is active; old ones stay, decisions name them. */
export function certificatesRepository(database: Database) {
  const { orm } = database;
  const end = async (id: string, ending: Ending): Promise<StoredCertificate | undefined> => {
    const rows = await orm
      .update(certificates)
      .set({
        status: ending.to,
        why: ending.why,
        expiredAt: sql`coalesce(${certificates.expiredAt}, clock_timestamp())`,
      })
      .where(and(eq(certificates.id, id), inArray(certificates.status, ending.from)))
      .returning();
    return rows.map(certificateOf)[0];
  };
  return {
    /**
     * Stores an active certificate; the one it replaces expires.
     * @throws GatewayError `not_found` when the client does not exist.
     */
    issue: (certificate: CertificateInput): Promise<StoredCertificate> => insertActive(database, certificate),
    /** All of them, newest first. */
    async list(): Promise<StoredCertificate[]> {
      const rows = await orm.select().from(certificates).orderBy(desc(certificates.issuedAt), desc(certificates.id));
      return rows.map(certificateOf);
    },
    async get(id: string): Promise<StoredCertificate | undefined> {
      const rows = await orm.select().from(certificates).where(eq(certificates.id, id));
      return rows.map(certificateOf)[0];
    },
    /** Of each client and policy the latest that is not revoked. */
    async latest(): Promise<StoredCertificate[]> {
      const rows = await orm
        .selectDistinctOn([certificates.clientId, certificates.policy])
        .from(certificates)
        .where(ne(certificates.status, 'revoked'))
        .orderBy(certificates.clientId, certificates.policy, desc(certificates.issuedAt), desc(certificates.id));
      return rows.map(certificateOf);
    },
    /** Ends an active certificate; undefined when it is not active. */
    expire: (id: string, why: string): Promise<StoredCertificate | undefined> =>
      end(id, { from: ['active'], to: 'expired', why }),
    /** Withdraws a certificate, and with it the strongest model that it names; undefined when it was withdrawn before. */
    revoke: (id: string, why: string): Promise<StoredCertificate | undefined> =>
      end(id, { from: ['active', 'expired'], to: 'revoked', why }),
    /** The active certificates that nobody has claimed for `everyMs`: of several gateways one gets each. */
    async claimForCheck(everyMs: number): Promise<StoredCertificate[]> {
      const rows = await orm
        .update(certificates)
        .set({ checkedAt: sql`clock_timestamp()` })
        .where(
          and(
            eq(certificates.status, 'active'),
            sql`(${certificates.checkedAt} is null or ${certificates.checkedAt} <= clock_timestamp() - ${everyMs} * interval '1 millisecond')`,
          ),
        )
        .returning();
      return rows.map(certificateOf);
    },
    /** What the router read in the requests that were routed under a certificate, newest first. */
    servedUnder: (window: ServedWindow): Promise<ServedReading[]> => readServed(database, window),
  };
}

async function readServed(database: Database, { certificateId, from, most }: ServedWindow): Promise<ServedReading[]> {
  const rows = await database.orm
    .select({ domain: decisions.domain, familiarity: decisions.familiarity })
    .from(decisions)
    .where(
      and(
        eq(decisions.floorCertificate, certificateId),
        gte(decisions.at, new Date(from)),
        isNotNull(decisions.familiarity),
      ),
    )
    .orderBy(desc(decisions.at))
    .limit(most);
  return rows.flatMap(({ domain, familiarity }) =>
    familiarity === null ? [] : [{ domain: domain ?? undefined, familiarity }],
  );
}

async function insertActive(database: Database, certificate: CertificateInput): Promise<StoredCertificate> {
  const { clientId, policy, routerVersion, body } = certificate;
  try {
    return await database.orm.transaction(async (tx) => {
      // Two at once would both find nothing to replace.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('pointsman.certificates'))`);
      await tx
        .update(certificates)
        .set({ status: 'expired', why: 'superseded', expiredAt: sql`clock_timestamp()` })
        .where(and(ownedBy(clientId), eq(certificates.policy, policy), eq(certificates.status, 'active')));
      const [row] = await tx.insert(certificates).values({ clientId, policy, routerVersion, body }).returning();
      if (row === undefined) throw new Error('the insert returned no certificate');
      return certificateOf(row);
    });
  } catch (error) {
    if (errorCode(error) !== FOREIGN_KEY_VIOLATION) throw error;
    throw new GatewayError('not_found', `there is no client '${clientId}'`);
  }
}
