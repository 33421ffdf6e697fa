import { type Decision, utcDay } from '@pointsman/contracts';
import { getTableColumns } from 'drizzle-orm';
import { Client } from 'pg';
import { uuidOfDecision } from '../decisions/decision-id.ts';
import type { Database } from '../open-database.ts';
import { repositories } from '../repositories.ts';
import { decisions as decisionsTable } from '../schema.ts';

/** What generated traffic is made of. A client has eight of the models, four domains and five tasks. */
export type TrafficPattern = {
  clients: readonly { id: string; keyIds: readonly string[] }[];
  /** As many of each model: answered decisions whose choice, facts and estimates generated ones repeat, at other costs, lengths and latencies. */
  templates: readonly Decision[];
  domains: readonly string[];
  tasks: readonly string[];
};

export type DecisionGenerator = {
  /**
   * Writes `rows` decisions of a UTC day (`YYYY-MM-DD`), spread evenly over it, and counts their roll-ups. A day that is
   * there in full is left as it is, one that was interrupted begins anew.
   */
  fillDay(day: string, rows: number): Promise<void>;
  /** Lets the planner see what was written. */
  analyse(): Promise<void>;
  close(): Promise<void>;
};

const DAY_MS = 86_400_000;
const TEMPLATE_TIME = '2001-01-01T12:00:00Z';

function atTemplateTime(template: Decision): Decision {
  const laterMs = Date.parse(TEMPLATE_TIME) - Date.parse(template.at);
  const attempts = template.attempts.map((each) => ({ ...each, startedAtMs: each.startedAtMs + laterMs }));
  return { ...template, at: TEMPLATE_TIME, attempts };
}

// `r` is the row of random numbers in [0, 1), `t` the template, `c` the client; costs vary by a factor around 1.
const ANSWERED = `r.outcome in ('answered', 'abandoned')`;
const scaled = (column: string): string => `case when ${ANSWERED} then round(t.${column} * r.factor)::bigint end`;
const ifAnswered = (column: string): string => `case when r.outcome = 'answered' then t.${column} end`;
const unlessRefused = (column: string): string => `case when r.outcome <> 'refused' then t.${column} end`;
const WRITTEN: Record<string, string> = {
  id: `(lpad(to_hex((extract(epoch from r.at) * 1000)::bigint), 12, '0') || '7' || substr(r.digest, 1, 3) || '8' || substr(r.digest, 4, 15))::uuid`,
  at: 'r.at',
  client_id: 'c.id',
  key_id: 'c.keys[1 + floor(r.key * cardinality(c.keys))::integer]',
  domain: '($3::text[])[1 + (c.place + floor(4 * power(r.domain, 2))::integer) % cardinality($3::text[])]',
  task: '($4::text[])[1 + (7 * c.place + floor(5 * power(r.task, 2))::integer) % cardinality($4::text[])]',
  tags: `case when r.tagged < 0.6 then jsonb_build_object('team', 'team-' || floor(8 * power(r.team, 2)), 'stage', case when r.tagged < 0.5 then 'live' else 'test' end) end`,
  outcome: 'r.outcome',
  cost_nano_usd: `case when ${ANSWERED} then case when r.costing < 0.99 then round(t.cost_nano_usd * r.factor) end else 0 end`,
  cost_status: `case when ${ANSWERED} then case when r.costing < 0.95 then 'exact' when r.costing < 0.99 then 'estimated' else 'unknown' end else 'exact' end`,
  cost_why: `case when ${ANSWERED} and r.costing >= 0.95 then 'no usage was reported' end`,
  input_tokens: scaled('input_tokens'),
  cached_input_tokens: scaled('cached_input_tokens'),
  output_tokens: scaled('output_tokens'),
  total_ms: 't.total_ms * r.slowness',
  first_token_ms: 't.first_token_ms * r.slowness',
  model_id: unlessRefused('model_id'),
  provider: unlessRefused('provider'),
  attempts: unlessRefused('attempts'),
  quality_bp: ifAnswered('quality_bp'),
  quality_spread_bp: ifAnswered('quality_spread_bp'),
  oversized_bp: ifAnswered('oversized_bp'),
  undersized_bp: ifAnswered('undersized_bp'),
  strongest_cost_nano_usd: `case when r.outcome = 'answered' and r.costing < 0.99 then round(t.strongest_cost_nano_usd * r.factor) end`,
  strongest_miss_micro_usd: `case when r.outcome = 'answered' and r.costing < 0.99 then round(t.strongest_cost_nano_usd * abs(r.factor - 1) / 1000) end`,
};

const columns = Object.values(getTableColumns(decisionsTable)).map(({ name }) => name);

const insertInto = (partition: string): string => `
  insert into ${partition} (${columns.join(', ')})
  select ${columns.map((name) => WRITTEN[name] ?? `t.${name}`).join(', ')}
  from (
    select ($1::text::date::timestamp at time zone 'UTC') + floor((i - 1) * 86400000.0 / $2::integer) * interval '1 millisecond' as at,
      md5($1::text || i) as digest, random() as key, random() as domain, random() as task, random() as tagged, random() as team,
      random() as costing, exp(0.8 * (random() + random() + random() - 1.5)) as factor,
      exp(1.5 * (random() + random() - 1)) as slowness,
      random() as model, random() as variant,
      floor(power(random(), 3) * (select count(*) from traffic_clients))::integer as client,
      (array['refused', 'cached', 'failed', 'abandoned'])[1 + floor(random() * 100)::integer] as rare
    from generate_series(1, $2::integer) i
  ) drawn
  join traffic_clients c on c.place = drawn.client
  cross join lateral (
    select drawn.*, coalesce(drawn.rare, 'answered') as outcome,
      $6::integer * ((3 * c.place + floor(8 * drawn.model ^ 2)::integer) % $5::integer) + floor($6::integer * drawn.variant)::integer as template
  ) r
  join template_decisions t on t.place = r.template`;

/**
 * A generator of as many decisions as one likes, in the database itself: some 15,000 a second. They go around the trigger,
 * straight into their partition, and each day's roll-ups are counted afterwards.
 */
export async function decisionGenerator(database: Database, pattern: TrafficPattern): Promise<DecisionGenerator> {
  const { decisions, rollups } = repositories(database);
  const models = new Set(pattern.templates.map(({ modelId }) => modelId)).size;
  const variants = pattern.templates.length / models;
  const templates = pattern.templates.map(atTemplateTime);
  const { inserted, rejected } = await decisions.insertBatch(templates);
  if (inserted < pattern.templates.length)
    throw new Error(`only ${inserted} of ${pattern.templates.length} templates were stored; ${rejected[0]?.message}`);
  const client = new Client({ connectionString: database.pool.options.connectionString });
  // The server may be stopped under it when the benchmark fails.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(
    `create temporary table template_decisions as
    select d.*, (row_number() over (order by model_id, id))::integer - 1 as place
    from decisions d where at < '2001-01-02' and id = any($1::uuid[])`,
    [templates.map(({ id }) => uuidOfDecision(id))],
  );
  await client.query(
    `create temporary table traffic_clients as
    select (place - 1)::integer as place, entry->>'id' as id,
      array(select jsonb_array_elements_text(entry->'keyIds')) as keys
    from jsonb_array_elements($1::jsonb) with ordinality as e (entry, place)`,
    [JSON.stringify(pattern.clients)],
  );
  await client.query('analyze template_decisions, traffic_clients');
  const isFull = async (day: string, rows: number): Promise<boolean> => {
    const [sums] = await rollups.sums({ from: day, to: utcDay(Date.parse(day) + DAY_MS), by: [] });
    return sums !== undefined && sums.requests >= rows;
  };
  return {
    async fillDay(day, rows) {
      const partition = `decisions_${day.replaceAll('-', '')}`;
      if (await isFull(day, rows)) return;
      await client.query(`drop table if exists ${partition}`);
      await client.query('select ensure_decision_partition($1::date)', [day]);
      await client.query(insertInto(partition), [day, rows, pattern.domains, pattern.tasks, models, variants]);
      await rollups.recount(day, { repair: true });
    },
    async analyse() {
      await client.query('vacuum (analyze) decision_rollups, latency_rollups');
      await client.query('analyze decisions');
    },
    close: () => client.end(),
  };
}
