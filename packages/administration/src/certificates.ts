import { GatewayError } from '@pointsman/contracts';
import type { CertificateInput, Repositories, StoredCertificate } from '@pointsman/db';
import { findClient } from './find-client.ts';

type Storage = Pick<Repositories, 'certificates' | 'clients'>;
/** Absent: the certificates of everybody. */
type Owner = { client?: string | undefined };

/**
 * Stores a certificate for a policy of one client (id or name) or of everybody; the one it replaces expires.
 * @throws {GatewayError} `not_found`.
 */
export async function issueCertificate(
  repositories: Storage,
  input: Owner & Omit<CertificateInput, 'clientId'>,
): Promise<StoredCertificate> {
  const { client, ...certificate } = input;
  return repositories.certificates.issue({ ...certificate, clientId: await ownerId(repositories, client) });
}

/** All certificates, newest first; of one client, if given. */
export async function listCertificates(repositories: Storage, { client }: Owner = {}): Promise<StoredCertificate[]> {
  const all = await repositories.certificates.list();
  if (client === undefined) return all;
  const clientId = await ownerId(repositories, client);
  return all.filter((certificate) => certificate.clientId === clientId);
}

/** @throws {GatewayError} `not_found`. */
export async function showCertificate(repositories: Storage, { id }: { id: string }): Promise<StoredCertificate> {
  return (await repositories.certificates.get(id)) ?? refuse(`There is no certificate "${id}".`);
}

/**
 * The certificate in force for a policy of one client or of everybody.
 * @throws {GatewayError} `not_found`.
 */
export async function activeCertificate(
  repositories: Storage,
  { client, policy }: Owner & { policy: string },
): Promise<StoredCertificate> {
  const clientId = await ownerId(repositories, client);
  const active = (await repositories.certificates.list()).find(
    (certificate) =>
      certificate.status === 'active' && certificate.clientId === clientId && certificate.policy === policy,
  );
  const whose = client === undefined ? '' : ` of ${client}`;
  return active ?? refuse(`The policy "${policy}"${whose} has no active certificate.`);
}

/**
 * Ends an active certificate with the reason.
 * @throws {GatewayError} `not_found`, `conflict` when it is not active.
 */
export async function expireCertificate(
  repositories: Storage,
  { id, why }: { id: string; why: string },
): Promise<StoredCertificate> {
  const expired = await repositories.certificates.expire(id, why);
  return expired ?? notActive(await showCertificate(repositories, { id }));
}

/**
 * Withdraws a certificate, expired ones too: requests go to the strongest model without it.
 * @throws {GatewayError} `not_found`, `conflict` when it was withdrawn before.
 */
export async function revokeCertificate(
  repositories: Storage,
  { id, why }: { id: string; why: string },
): Promise<StoredCertificate> {
  const revoked = await repositories.certificates.revoke(id, why);
  return revoked ?? notActive(await showCertificate(repositories, { id }));
}

async function ownerId(repositories: Storage, client: string | undefined): Promise<string | null> {
  return client === undefined ? null : (await findClient(repositories, client)).id;
}

function notActive({ id, status, why }: StoredCertificate): never {
  throw new GatewayError('conflict', `The certificate "${id}" is ${status} already: ${why ?? 'no reason was given'}.`);
}

function refuse(message: string): never {
  throw new GatewayError('not_found', message);
}
