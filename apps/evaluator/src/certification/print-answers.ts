import { printFacts } from '../output/print-facts.ts';
import type { PolicyCertification } from './certify-policy.ts';

const MOST_NAMES = 5;

/** What the data held, what was left out, and which model's answers are missing most. */
export function printAnswers({ answers }: PolicyCertification): string {
  const { rows, learned, incomplete, missing, unanswered, pool } = answers;
  const [most] = missing;
  const hint =
    most !== undefined && incomplete > 0
      ? `${most.model} is missing most, in ${most.rows}; --models leaves models out`
      : undefined;
  return printFacts({
    models: pool.length === 0 ? 'none was scored in these rows under a name the catalogue knows' : pool.join(', '),
    'complete rows': rows,
    'left out, learned from': learned,
    'left out, incomplete': hint === undefined ? incomplete : `${incomplete}: ${hint}`,
    'models without answers':
      unanswered.length === 0 ? undefined : `${namesOf(unanswered)}: never picked under the promise`,
  });
}

function namesOf(models: readonly string[]): string {
  const more = models.length - MOST_NAMES;
  return `${models.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
