import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { listCertificates, revokeCertificate, showCertificate } from '@pointsman/administration';
import type { StoredCertificate } from '@pointsman/db';
import { issuedCertificateSchema, type LiveCheck } from '@pointsman/router-model/floor';
import type { Command } from 'commander';
import type { PolicyCertification } from '../certification/certify-policy.ts';
import { checkPairs } from '../certification/check-pairs.ts';
import { printAnswers } from '../certification/print-answers.ts';
import { printCertificate } from '../certification/print-certificate.ts';
import type { CommandContext } from '../command-context.ts';
import { isoDay, list } from '../option-values.ts';
import { floorText } from '../output/floor-text.ts';
import { printFacts } from '../output/print-facts.ts';
import { printTable } from '../output/print-table.ts';

/** Quality floors: `router certify`, `router certificates ...`, `router check-live`. */
export function addCertificateCommands(router: Command, context: CommandContext): void {
  addCertify(router, context);
  const certificates = router.command('certificates').description('What is certified of the policies with a floor');
  addList(certificates, context);
  addShow(certificates, context);
  addRevoke(certificates, context);
  addCheckLive(router, context);
}

type CertifyFlags = {
  policy: string;
  client?: string;
  data?: string[];
  decisions?: boolean;
  artefact?: string;
  strongest?: string;
  perDomain?: boolean;
  models?: string[];
  from?: string;
  to?: string;
  dryRun?: boolean;
};

function addCertify(router: Command, { terminal, withStorage, show }: CommandContext): void {
  router
    .command('certify')
    .description("Certify a policy's floor on answers that the router did not learn from")
    .requiredOption('--policy <name>', 'the policy, with a floor')
    .option('--client <client>', 'for this client only (id or name)')
    .option('--data <jsonl...>', '.jsonl or .jsonl.gz files of scored replies of every model to the same prompts')
    .option('--decisions', 'on the feedback about served decisions: says why that cannot be')
    .option('--artefact <dir>', 'folder of the artefact (default: the one that gateways serve)')
    .option('--strongest <model>', 'what the floor is measured by (default: predicted to be the strongest)')
    .option('--per-domain', 'a promise for each domain, whatever their mix (default: one for the mix as it is)')
    .option('--models <patterns>', 'only these of the models that the policy allows', list)
    .option('--from <day>', 'first UTC day on which the data was collected', isoDay)
    .option('--to <day>', 'UTC day after the last', isoDay)
    .option('--dry-run', 'certify and print, store nothing')
    .action(async ({ data, decisions, artefact, from, to, ...input }: CertifyFlags) => {
      if (decisions === true) throw new Error(WHY_NOT_DECISIONS);
      if (data === undefined) throw new Error('Name the files with the answers: --data <jsonl...>.');
      const { certifyPolicy } = await import('../certification/certify-policy.ts');
      const certification = await withStorage((session) =>
        certifyPolicy(session, {
          ...input,
          files: data.map((file) => resolve(terminal.directory, file)),
          artefactDir: artefact === undefined ? undefined : resolve(terminal.directory, artefact),
          window: { from: instantOf(from), to: instantOf(to) },
          now: new Date(terminal.now()),
          onProgress: (message) => terminal.writeError(`${message}\n`),
        }),
      );
      show(certification, () => printCertification(certification));
      if (certification.result.kind === 'refused') throw new Error(`not certified: ${certification.result.message}`);
    });
}

const WHY_NOT_DECISIONS = [
  'Decisions cannot certify a floor: each was answered by one model, chosen by the router, and only some were given feedback.',
  'What another model would have scored on them is not known, and a share of the strongest model is a comparison on the same requests.',
  'Ask every model the same sample of your prompts, score the replies, and pass them with --data.',
].join(' ');

const instantOf = (day: string | undefined): string | undefined => day && `${day}T00:00:00Z`;

function printCertification(certification: PolicyCertification): string {
  const { result, certificateId, isServed, routerVersion, policy } = certification;
  const answers = printAnswers(certification);
  if (result.kind === 'refused') {
    const missing =
      result.groupsNeeded === undefined ? undefined : `about ${result.groupsNeeded}, as far as these tell`;
    return `${answers}\n\n${printFacts({ certified: 'no', 'independent requests': result.groupsHave, needed: missing })}`;
  }
  const stored =
    certificateId === undefined
      ? 'Nothing was stored.'
      : `Certificate ${certificateId}: gateways route "${policy}" by it within a second.`;
  const other = isServed ? '' : ` They serve another artefact than ${routerVersion}: put that one to use first.`;
  return [answers, printCertificate(result.certificate), `${stored}${other}`].join('\n\n');
}

function addList(certificates: Command, { withStorage, show }: CommandContext): void {
  certificates
    .command('list')
    .description('List certificates, newest first')
    .option('--client <client>', "the client's own (id or name)")
    .action(async ({ client }: { client?: string }) => {
      const all = await withStorage(({ repositories }) => listCertificates(repositories, { client }));
      show(all, () => printCertificates(all));
    });
}

function addShow(certificates: Command, { withStorage, show }: CommandContext): void {
  certificates
    .command('show <id>')
    .description('Show a certificate: promise, evidence, saving, assumptions')
    .action(async (id: string) => {
      const stored = await withStorage(({ repositories }) => showCertificate(repositories, { id }));
      show(stored, () => {
        const { data } = issuedCertificateSchema.safeParse(stored.body);
        const body =
          data === undefined ? 'Its content was written by another version.' : printCertificate(data.certificate);
        return `${printStatus(stored)}\n\n${body}`;
      });
    });
}

function addRevoke(certificates: Command, { withStorage, show }: CommandContext): void {
  certificates
    .command('revoke <id>')
    .description('Withdraw a certificate; without one the strongest model answers')
    .option('--why <reason>', 'kept with it (default: "withdrawn")')
    .action(async (id: string, { why = 'withdrawn' }: { why?: string }) => {
      const revoked = await withStorage(({ repositories }) => revokeCertificate(repositories, { id, why }));
      show(revoked, () => `Withdrew the certificate ${id}.`);
    });
}

function addCheckLive(router: Command, { terminal, withStorage, show }: CommandContext): void {
  router
    .command('check-live')
    .description('Check a certificate on paired scores of live requests; a broken one expires')
    .requiredOption('--policy <name>', 'the policy')
    .requiredOption(
      '--pairs <jsonl>',
      'lines {"strongest": 0.9, "routed": 0.8}: all pairs since it was issued, in order',
    )
    .option('--client <client>', "the client's own certificate (id or name)")
    .action(async ({ policy, pairs, client }: { policy: string; pairs: string; client?: string }) => {
      const text = await readFile(resolve(terminal.directory, pairs), 'utf8');
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      const checked = await withStorage((session) => checkPairs(session, { policy, client, lines }));
      show(checked, () => `Certificate ${checked.certificateId}: ${verdictText(checked.check)}`);
    });
}

const VERDICTS: Record<LiveCheck['kind'], string> = {
  holds: 'the promise is kept',
  broken: 'the promise is broken: it has expired, the strongest model answers now',
  undecided: 'too few samples to tell',
};

function verdictText({ kind, pairs, excess }: LiveCheck): string {
  const interval = 'tooFew' in excess ? 'too few samples' : `[${excess.low.toFixed(3)}, ${excess.high.toFixed(3)}]`;
  return `${VERDICTS[kind]}, by ${pairs} pairs. Exceeds the promise by ${interval}; below 0 it is broken.`;
}

function printStatus({ id, policy, clientId, status, why, expiredAt, checkedAt }: StoredCertificate): string {
  return printFacts({
    id,
    policy,
    client: clientId ?? 'every client without one of its own',
    status: why === undefined ? status : `${status}: ${why}`,
    ended: expiredAt,
    'looked for drift': checkedAt ?? 'not yet',
  });
}

function printCertificates(certificates: readonly StoredCertificate[]): string {
  return printTable(
    certificates,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'POLICY', value: ({ policy }) => policy },
      { title: 'CLIENT', value: ({ clientId }) => clientId ?? 'all' },
      { title: 'STATUS', value: ({ status, why }) => (why === undefined ? status : `${status}: ${why}`) },
      { title: 'ISSUED', value: ({ issuedAt }) => issuedAt },
      { title: 'ROUTER', value: ({ routerVersion }) => routerVersion },
      { title: 'PROMISE', value: promiseText },
    ],
    'Nothing is certified.',
  );
}

function promiseText({ body }: StoredCertificate): string | undefined {
  const { data } = issuedCertificateSchema.safeParse(body);
  return data && floorText(data.certificate.floor);
}
