import type { BadRow, Row } from '@pointsman/benchmark';
import { annotationSchema } from '@pointsman/contracts';
import type { AnnotatedReply } from '@pointsman/db';
import { replyHash, storableText } from '@pointsman/db';
import type { RubricSet } from '@pointsman/judge';
import { z } from 'zod';
import { peopleScale } from './people-scale.ts';
import { filledRowSchema, type SheetKey } from './rating-sheet.ts';

/** A text that answers a case: where the texts of a run, or of a file, are looked up. */
export type KnownReply = Pick<AnnotatedReply, 'caseHash' | 'caseId' | 'model' | 'replyHash' | 'reply'>;

export type ReadAnnotations = {
  replies: AnnotatedReply[];
  bad: BadRow[];
  /** Rows of a sheet that nobody has rated. */
  unrated: number;
};

const rowSchema = annotationSchema.extend({ reply: z.string().optional() });
type AnnotationRow = z.infer<typeof rowSchema>;

export type AnnotationSources = {
  /** By id, the hash of the cases that may be rated. */
  caseHashes: ReadonlyMap<string, string>;
  /** What the cases are of, for people. */
  benchmark: string;
  /** The replies of a run; none where no run is named. */
  known: readonly KnownReply[];
};

/** Annotations with the text that they are of: in the row itself, else the reply of the run. What cannot be used is named. */
export function readAnnotations(rows: Iterable<Row<unknown>>, sources: AnnotationSources): ReadAnnotations {
  return collect(rows, (value) => {
    const parsed = rowSchema.safeParse(value);
    return parsed.success ? annotatedReply(parsed.data, sources) : explained(parsed.error);
  });
}

function annotatedReply(row: AnnotationRow, sources: AnnotationSources): AnnotatedReply | string {
  const { caseId, dimension, ratings, scale, adjudicated } = row;
  const found = replyOf(row, sources);
  if (typeof found === 'string') return found;
  if (scale[0] >= scale[1]) return `the scale goes from worst to best, not from ${scale[0]} to ${scale[1]}`;
  const all = [...ratings.map(({ rating }) => rating), ...(adjudicated === undefined ? [] : [adjudicated])];
  const stray = all.find((rating) => rating < scale[0] || rating > scale[1]);
  if (stray !== undefined) return `the rating ${stray} of ${caseId} is not on the scale ${scale.join(' to ')}`;
  return {
    ...found,
    ratings: ratings.map((said) => ({ ...said, dimension, scale })),
    adjudications: adjudicated === undefined ? [] : [{ dimension, rating: adjudicated, scale }],
  };
}

function replyOf(row: AnnotationRow, { caseHashes, benchmark, known }: AnnotationSources): KnownReply | string {
  const { caseId, model } = row;
  const caseHash = caseHashes.get(caseId);
  if (caseHash === undefined) return `${benchmark} has no case '${caseId}'`;
  if (row.reply !== undefined) {
    const hash = replyHash(row.reply);
    if (row.replyHash !== undefined && row.replyHash !== hash) return 'replyHash is not the SHA-256 of the reply';
    return { caseHash, caseId, model, replyHash: hash, reply: storableText(row.reply) };
  }
  const isWanted = (one: KnownReply) =>
    one.caseId === caseId && one.model === model && (row.replyHash ?? one.replyHash) === one.replyHash;
  const [first, second] = known.filter(isWanted);
  if (first === undefined)
    return known.length === 0
      ? 'there is no reply in the row: add it, or name the run it is of with --run'
      : `the run has no such reply of ${model} to '${caseId}'`;
  if (second !== undefined && second.replyHash !== first.replyHash)
    return `the run has several replies of ${model} to '${caseId}': say which by replyHash`;
  return first;
}

/** The filled rows of a sheet, by its key. */
export function readFilledSheet(
  rows: Iterable<Row<unknown>>,
  { key, known, rater, rubrics }: { key: SheetKey; known: readonly KnownReply[]; rater: string; rubrics: RubricSet },
): ReadAnnotations {
  const byKey = new Map(known.map((one) => [`${one.caseHash} ${one.replyHash}`, one]));
  return collect(rows, (value) => {
    const parsed = filledRowSchema.safeParse(value);
    if (!parsed.success) return explained(parsed.error);
    const { row, dimension, rating: said } = parsed.data;
    const text = String(said ?? '').trim();
    if (text === '') return undefined;
    const keyed = key.rows[row];
    if (keyed === undefined) return `the key knows no row '${row}'`;
    const reply = byKey.get(`${keyed.caseHash} ${keyed.replyHash}`);
    if (reply === undefined) return `the run ${key.runId} no longer has the reply of row '${row}'`;
    const rubric = rubrics[dimension];
    const rating = Number(text);
    if (!rubric.choices.some((choice) => choice.rating === rating)) {
      const offered = rubric.choices.map((choice) => choice.rating).join(', ');
      return `the rating '${text}' of row '${row}' is not one of ${offered}`;
    }
    return { ...reply, ratings: [{ dimension, rater, rating, scale: peopleScale(rubric) }], adjudications: [] };
  });
}

/** Sorts rows into replies, merged by text, and what cannot be used. `read` tells why not, or undefined for nothing to read. */
function collect(
  rows: Iterable<Row<unknown>>,
  read: (value: unknown) => AnnotatedReply | string | undefined,
): ReadAnnotations {
  const replies = new Map<string, AnnotatedReply>();
  const bad: BadRow[] = [];
  let unrated = 0;
  for (const row of rows) {
    if (!row.ok) {
      bad.push(row);
      continue;
    }
    const found = read(row.value);
    if (found === undefined) {
      unrated += 1;
      continue;
    }
    const merged = typeof found === 'string' ? found : merge(replies, found);
    if (merged !== undefined) bad.push({ ok: false, place: row.place, reason: merged });
  }
  return { replies: [...replies.values()], bad, unrated };
}

/** Undefined when it was merged, else why not. */
function merge(replies: Map<string, AnnotatedReply>, found: AnnotatedReply): string | undefined {
  const key = `${found.caseHash} ${found.replyHash}`;
  const known = replies.get(key) ?? { ...found, ratings: [], adjudications: [] };
  const ratings = [...known.ratings, ...found.ratings];
  const adjudications = [...known.adjudications, ...found.adjudications];
  const places = [
    ...ratings.map(({ dimension, rater }) => `${rater} has rated this reply on ${dimension}`),
    ...adjudications.map(({ dimension }) => `this reply on ${dimension} was adjudicated`),
  ];
  const repeated = places.find((place, index) => places.indexOf(place) !== index);
  if (repeated !== undefined) return `${repeated} already in this file`;
  replies.set(key, { ...known, ratings, adjudications });
  return undefined;
}

const explained = (error: z.ZodError): string => z.prettifyError(error).replaceAll('\n', ' ');
