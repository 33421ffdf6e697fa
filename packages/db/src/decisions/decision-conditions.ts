import { type DecisionOutcome, GatewayError, type Reason } from '@pointsman/contracts';
import { and, eq, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import { decisions } from '../schema.ts';
import { decisionOfUuid, uuidOfDecision } from './decision-id.ts';

export type DecisionFilter = {
  clientId?: string | undefined;
  /** The `next` of the page before. */
  before?: string | undefined;
  /** Most decisions to return, 1 to 1000. */
  limit: number;
  /** Of the candidates, which are most of a record, only the one that answered. */
  brief?: boolean | undefined;
  /** A whole decision id, or how it begins, with or without `dec_`. */
  id?: string | undefined;
  /** The served model. */
  model?: string | undefined;
  provider?: string | undefined;
  reason?: Reason | undefined;
  outcome?: DecisionOutcome | undefined;
  /** Only what was refused or failed. */
  errorsOnly?: boolean | undefined;
  policy?: string | undefined;
  domain?: string | undefined;
  task?: string | undefined;
  key?: string | undefined;
  session?: string | undefined;
  endUser?: string | undefined;
  tag?: { key: string; value: string } | undefined;
  /** Both included; a cost that nobody knows is in no range. */
  minCostNanoUsd?: number | undefined;
  maxCostNanoUsd?: number | undefined;
  /** ISO instants: `from` included, `to` not. */
  from?: string | undefined;
  to?: string | undefined;
};

/** A place in the list, newest first. */
export type DecisionPlace = { at: Date; id: string };

/** Marks the place after a decision. */
export const cursorOf = ({ at, id }: DecisionPlace): string => `${at.getTime()}.${decisionOfUuid(id)}`;

/** What an index narrows: client, period and place. @throws GatewayError `invalid_request` for a cursor or id that is none. */
export function windowOf(filter: DecisionFilter): SQL | undefined {
  const { clientId, from, to, before, id } = filter;
  return and(
    clientId === undefined ? undefined : eq(decisions.clientId, clientId),
    from === undefined ? undefined : gte(decisions.at, new Date(from)),
    to === undefined ? undefined : lt(decisions.at, new Date(to)),
    before === undefined ? undefined : olderThan(before),
    id === undefined ? undefined : madeWithin(id),
  );
}

/** What each row has to be looked at for; undefined when nothing more is asked. */
export function detailsOf(filter: DecisionFilter): SQL | undefined {
  const { id, errorsOnly, tag, minCostNanoUsd, maxCostNanoUsd } = filter;
  const equal = [
    [decisions.modelId, filter.model],
    [decisions.provider, filter.provider],
    [decisions.reason, filter.reason],
    [decisions.outcome, filter.outcome],
    [decisions.policy, filter.policy],
    [decisions.domain, filter.domain],
    [decisions.task, filter.task],
    [decisions.keyId, filter.key],
    [decisions.session, filter.session],
    [decisions.endUser, filter.endUser],
  ] as const;
  return and(
    ...equal.map(([column, wanted]) => (wanted === undefined ? undefined : eq(column, wanted))),
    errorsOnly === true ? inArray(decisions.outcome, ['refused', 'failed']) : undefined,
    tag === undefined ? undefined : sql`${decisions.tags} @> ${JSON.stringify({ [tag.key]: tag.value })}::jsonb`,
    minCostNanoUsd === undefined ? undefined : gte(decisions.costNanoUsd, minCostNanoUsd),
    maxCostNanoUsd === undefined ? undefined : lte(decisions.costNanoUsd, maxCostNanoUsd),
    id === undefined ? undefined : idRange(hexOf(id)),
  );
}

function olderThan(cursor: string): SQL | undefined {
  const [ms = '', decisionId = ''] = cursor.split('.');
  const at = new Date(Number.parseInt(ms, 10));
  const id = uuidOfDecision(decisionId);
  if (Number.isNaN(at.getTime()) || id === undefined) {
    throw new GatewayError('invalid_request', `'${cursor}' is not a cursor; pass the 'next' of the page before`);
  }
  // The plain bound lets PostgreSQL skip newer partitions, which it does not do for the pair.
  return and(
    lte(decisions.at, at),
    sql`(${decisions.at}, ${decisions.id}) < (${at.toISOString()}::timestamptz, ${id}::uuid)`,
  );
}

const UUID_DIGITS = 32;
const TIME_DIGITS = 12;
/** From the making of an id to the time that the record carries, give or take. */
const SLACK_MS = 60_000;
const VERSION_7 = '7';

/** @throws GatewayError `invalid_request` when this is no beginning of a decision id. */
function hexOf(id: string): string {
  const hex = /^(?:dec_)?([0-9a-f]{1,32})$/.exec(id.trim().toLowerCase())?.[1];
  if (hex !== undefined) return hex;
  throw new GatewayError('invalid_request', `'${id}' is no decision id, nor how one begins: dec_ and hex digits`, {
    param: 'id',
  });
}

const asUuid = (hex: string): string => uuidOfDecision(`dec_${hex}`) ?? '';

const idRange = (hex: string): SQL =>
  sql`${decisions.id} between ${asUuid(hex.padEnd(UUID_DIGITS, '0'))}::uuid and ${asUuid(hex.padEnd(UUID_DIGITS, 'f'))}::uuid`;

/** Ids begin with the time in milliseconds: how one begins says about when it was made. */
function madeWithin(id: string): SQL | undefined {
  const hex = hexOf(id);
  if (hex.length > TIME_DIGITS && hex[TIME_DIGITS] !== VERSION_7) return undefined;
  const time = hex.slice(0, TIME_DIGITS);
  const first = Number.parseInt(time.padEnd(TIME_DIGITS, '0'), 16) - SLACK_MS;
  const last = Number.parseInt(time.padEnd(TIME_DIGITS, 'f'), 16) + SLACK_MS;
  return and(gte(decisions.at, instantWithin(first)), lte(decisions.at, instantWithin(last)));
}

/** The last instant that a JavaScript date can hold is later than the last of PostgreSQL, and neither is needed. */
const LATEST_MS = Date.UTC(9999, 11, 31);
const instantWithin = (ms: number): Date => new Date(Math.min(Math.max(ms, 0), LATEST_MS));
