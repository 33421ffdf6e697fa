import type { BenchmarkCase } from '@pointsman/contracts';
import { printFacts } from '../output/print-facts.ts';

/** A case as a reviewer reads it. */
export function printCase({ messages, reference, checks, provenance, weights, ...facts }: BenchmarkCase): string {
  const { kind, ...origin } = provenance;
  const head = printFacts({
    ...facts,
    origin: [kind, ...Object.entries(origin).map(([name, value]) => `${name} ${value}`)].join(', '),
    weights: weights && JSON.stringify(weights),
  });
  const parts = [
    ...messages.map(
      ({ role, content }) => `--- ${role}\n${typeof content === 'string' ? content : JSON.stringify(content)}`,
    ),
    ...(reference === undefined ? [] : [`--- reference\n${reference}`]),
    ...checks.map((check) => `--- check\n${JSON.stringify(check)}`),
  ];
  return [head, ...parts].join('\n\n');
}
