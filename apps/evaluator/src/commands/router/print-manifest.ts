import type { Manifest } from '@pointsman/router-model';
import { printFacts } from '../../output/print-facts.ts';

type Recognised = NonNullable<Manifest['recognition']>['domains'];

/** Of the labelled prompts it was tested on: how many got a label, and how many of those the right one. */
const share = ({ labelled, correct }: Recognised): string =>
  `named for ${percent(labelled)}, right for ${inWords(correct)}`;

function encoderInWords({ encoder, training }: Manifest): string {
  const gain = training.encoder;
  if (gain === undefined) return 'none was tried';
  const change = inWords(gain.difference, (value) => value.toFixed(4));
  return `${encoder === undefined ? 'tried and left out' : encoder.version}: log loss ${change} on ${gain.rows} prompts kept from it`;
}

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;

const inWords = (measured: Recognised['correct'], write: (value: number) => string = percent): string =>
  'tooFew' in measured
    ? 'too few samples'
    : `${write(measured.value)} (${write(measured.low)} to ${write(measured.high)})`;

/** The facts of an artefact. */
export function printManifest(manifest: Manifest, artefactDir: string): string {
  const { models, kinds, dimensions, recognition, training, mode, modeReason, evaluation } = manifest;
  const learned = Object.entries(dimensions).filter(([, { basis }]) => basis === 'learned');
  return printFacts({
    version: manifest.version,
    folder: artefactDir,
    mode: `${mode}: ${modeReason ?? 'not judged yet; pointsman router promote judges it'}`,
    models: models.length,
    kinds: kinds.length,
    recognised: recognition && `domain ${share(recognition.domains)}, task ${share(recognition.tasks)}`,
    'text encoder': encoderInWords(manifest),
    learned: learned.map(([name, { scores }]) => `${name} (${scores} scores)`).join(', '),
    prompts: training.rows,
    sources: training.sources.map(({ name, rows }) => `${name} (${rows})`).join(', '),
    evaluated:
      evaluation === undefined || evaluation.version !== manifest.version
        ? 'no'
        : `on ${evaluation.requests} held-out requests`,
  });
}
