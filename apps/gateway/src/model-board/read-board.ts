import {
  type BoardAxis,
  type BoardCell,
  type BoardRow,
  type CatalogModel,
  DIMENSIONS,
  DOMAINS,
  type Metric,
  type ModelBoard,
  TASKS,
} from '@pointsman/contracts';
import { modelFacts } from './model-facts.ts';
import { type ModelQuestion, openScorecard } from './open-scorecard.ts';
import type { PlaneSources } from './read-plane.ts';
import { routerStandings } from './router-scorecard.ts';
import type { Scorecard, StandingOf } from './scorecard.ts';

export type BoardQuestion = ModelQuestion & {
  by: BoardAxis;
  /** What the cells of domains and tasks show. */
  metric: Metric;
  /** Part of a model's name or id, whatever the case. */
  search?: string | undefined;
  provider?: string | undefined;
  measuredOnly: boolean;
  allowedOnly: boolean;
  /** A column, or one of `SORT_FACTS`; with `-` in front descending. */
  sort: string;
  limit: number;
  offset: number;
};

export type BoardSources = PlaneSources & {
  latencyP95Ms(model: string): number | undefined;
  isHealthy(model: CatalogModel): boolean;
};

/** The column over all others. */
export const ALL = 'all';
const AXES = { dimension: DIMENSIONS, domain: DOMAINS, task: TASKS } as const;

/** Every model that is served against every dimension, domain or task, as the asked source says. */
export async function readBoard(question: BoardQuestion, sources: BoardSources): Promise<ModelBoard> {
  const { clientId, from, to, domain, task, source, by, limit, offset } = question;
  const [traffic] = await sources.repositories.rollups.sums({ clientId, from, to, domain, task, by: [] });
  if (traffic === undefined) throw new Error('sums without keys are one row');
  const card = await openScorecard(question, sources, { traffic, ...(by !== 'dimension' && { by }) });
  const standingOf = routerStandings(await sources.references.current());
  const columns = [ALL, ...AXES[by]];
  const rows = sources.models.map((model) => rowOf(model, { question, sources, card, standingOf, columns }));
  const wanted = rows.filter((row) => isWanted(row, question));
  return {
    source,
    from,
    to,
    ...card.origin,
    by,
    columns,
    rows: sorted(wanted, question.sort).slice(offset, offset + limit),
    total: wanted.length,
    providers: [...new Set(rows.map(({ provider }) => provider))].sort(),
  };
}

type RowParts = {
  question: BoardQuestion;
  sources: BoardSources;
  card: Scorecard;
  standingOf: StandingOf;
  columns: readonly string[];
};

function rowOf(model: CatalogModel, { question, sources, card, standingOf, columns }: RowParts): BoardRow {
  const cells: Record<string, BoardCell> = {};
  for (const column of columns) {
    const cell = cellOf(model.id, column, { question, card });
    if (cell !== undefined) cells[column] = cell;
  }
  return {
    ...modelFacts(model.id, model, sources),
    status: model.status,
    contextTokens: model.contextTokens,
    regions: model.regions,
    latencyP95Ms: sources.latencyP95Ms(model.id),
    healthy: sources.isHealthy(model),
    standing: standingOf(model.id),
    cells,
  };
}

function cellOf(
  model: string,
  column: string,
  { question, card }: Pick<RowParts, 'question' | 'card'>,
): BoardCell | undefined {
  const { by, metric, domain, task } = question;
  if (by === 'dimension') return card.score(model, { domain, task }, column === ALL ? 'overall' : (column as Metric));
  // The filter on the axis itself chooses no column: all of them stay on the board.
  const other = by === 'domain' ? { task } : { domain };
  return card.score(model, column === ALL ? other : { ...other, [by]: column }, metric);
}

function isWanted({ model, name, provider, cells, allowed }: BoardRow, question: BoardQuestion): boolean {
  const search = question.search?.toLowerCase() ?? '';
  return (
    (model.toLowerCase().includes(search) || name.toLowerCase().includes(search)) &&
    (question.provider === undefined || provider === question.provider) &&
    (!question.allowedOnly || allowed !== false) &&
    (!question.measuredOnly || Object.values(cells).some((cell) => isMeasured(cell, question)))
  );
}

/** Real requests count whatever the router knew of the model; a prior alone is no measurement. */
const isMeasured = ({ standing }: BoardCell, { source }: BoardQuestion): boolean =>
  source === 'traffic' || standing !== 'prior';

const SORT_FACTS: Readonly<Record<string, (row: BoardRow) => string | number | undefined>> = {
  model: ({ name }) => name,
  provider: ({ provider }) => provider,
  input: ({ price }) => price?.inputMicroUsdPerMtok,
  output: ({ price }) => price?.outputMicroUsdPerMtok,
  context: ({ contextTokens }) => contextTokens,
  latency: ({ latencyP95Ms }) => latencyP95Ms,
};

/** What has no value comes last, whatever the direction; equals by id. */
function sorted(rows: readonly BoardRow[], sort: string): BoardRow[] {
  const isDescending = sort.startsWith('-');
  const key = isDescending ? sort.slice(1) : sort;
  const sortValue = SORT_FACTS[key] ?? ((row: BoardRow) => row.cells[key]?.value);
  return rows.toSorted((a, b) => {
    const [left, right] = [sortValue(a), sortValue(b)];
    if (left === right) return a.model < b.model ? -1 : 1;
    if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
    return left < right === isDescending ? 1 : -1;
  });
}
