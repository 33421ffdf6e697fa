import { mean } from '@pointsman/statistics';
import type { CalibratedReply } from './calibrated-replies.ts';

/** Two systems' replies to one document: second less first. */
export type PairedDifference = { human: number; raw: number; calibrated: number };

export type SystemPair = {
  dimension: string;
  systems: [string, string];
  /** One for each document. */
  differences: PairedDifference[];
  /** The mean human difference over all documents. */
  truth: number;
};

/** Every pair of systems on every dimension. */
export function systemPairs(replies: readonly CalibratedReply[]): SystemPair[] {
  return [...Map.groupBy(replies, ({ dimension }) => dimension)].flatMap(([dimension, own]) => {
    const bySystem = [...Map.groupBy(own, ({ system }) => system)];
    return bySystem.flatMap(([first, before], index) =>
      bySystem.slice(index + 1).map(([second, after]) => {
        const differences = pairUp(before, after);
        return { dimension, systems: [first, second] as [string, string], differences, truth: truthOf(differences) };
      }),
    );
  });
}

const truthOf = (differences: readonly PairedDifference[]) => mean(differences.map(({ human }) => human));

function pairUp(before: readonly CalibratedReply[], after: readonly CalibratedReply[]): PairedDifference[] {
  const byDocument = new Map(after.map((reply) => [reply.group, reply]));
  return before.flatMap((reply) => {
    const other = byDocument.get(reply.group);
    if (other === undefined) return [];
    return [
      {
        human: other.human - reply.human,
        raw: other.raw - reply.raw,
        calibrated: other.calibrated - reply.calibrated,
      },
    ];
  });
}
