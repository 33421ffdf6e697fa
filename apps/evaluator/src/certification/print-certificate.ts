import type { Certificate, CertificatePart } from '@pointsman/router-model/floor';
import type { Interval } from '@pointsman/statistics';
import { floorText, percentText } from '../output/floor-text.ts';
import { printFacts } from '../output/print-facts.ts';
import { printTable } from '../output/print-table.ts';

/** A certificate in words: what is promised, on what it stands, what it brings, until when it holds. */
export function printCertificate(certificate: Certificate): string {
  const { floor, strongest, models, measured, data } = certificate;
  const isShare = floor.kind === 'share-of-strongest';
  const facts = printFacts({
    promise: floorText(floor),
    for: certificate.scope === 'mixture' ? 'the mix of all requests' : 'each domain below, whatever the mix',
    strongest: isShare ? strongest : `${strongest}, where nothing cheaper is certified`,
    models: models.join(', '),
    'stands on': `${certificate.groups} independent requests (${certificate.requests} with near-duplicates)`,
    delivered: `${intervalText(measured.delivered)} ${isShare ? "of the strongest model's quality" : 'of requests below'}`,
    quality: `${intervalText(measured.quality)}; the strongest: ${intervalText(measured.strongestQuality)}`,
    saving: `${intervalText(measured.saving)} of the strongest model's cost`,
    unfamiliar: `requests less familiar than ${certificate.leastFamiliarity.toFixed(3)} go to the strongest`,
    router: certificate.routerVersion,
    data: [data.hash.slice(0, 19), data.from && `from ${data.from}`, data.to && `to ${data.to}`]
      .filter((part) => part !== undefined)
      .join(' '),
    issued: certificate.issuedAt,
    expires: 'when drift shows that the traffic has moved, or live pairs that the promise is broken',
  });
  const assumptions = certificate.assumptions.map((assumption) => `- ${assumption}`).join('\n');
  return [facts, printParts(certificate.parts, isShare), `It holds as far as this does:\n${assumptions}`].join('\n\n');
}

function printParts(parts: readonly CertificatePart[], isShare: boolean): string {
  return printTable(
    parts,
    [
      { title: 'DOMAINS', value: ({ domains }) => domains.join(', ') },
      { title: 'REQUESTS', value: ({ groups }) => groups, align: 'right' },
      { title: 'THRESHOLD', value: ({ threshold }) => threshold?.toFixed(3), align: 'right' },
      {
        title: isShare ? 'PROVEN AT LEAST' : 'PROVEN AT MOST',
        value: ({ bound }) => percentText(bound),
        align: 'right',
      },
      { title: 'DELIVERED', value: ({ delivered }) => percentText(delivered), align: 'right' },
    ],
    'No part is certified.',
  );
}

/** Invariant: a number shown to a person carries its interval or the words "too few samples". */
function intervalText(interval: Interval): string {
  if ('tooFew' in interval) return 'too few samples';
  return `${percentText(interval.estimate)} [${percentText(interval.low)}, ${percentText(interval.high)}]`;
}
