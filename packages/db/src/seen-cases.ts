/**
 * SQL that says whether a client may see a case: cases taken from another client's production are nobody else's business.
 * Where the parameter is null whoever asks sees all.
 * @param body SQL of the case's JSON.
 * @param clientId SQL of the client's id: `$1`.
 */
export const isSeenBy = (body: string, clientId: string): string =>
  `(${clientId}::text is null or ${body}->'provenance'->>'kind' <> 'production'
    or coalesce(${body}->'provenance'->>'client' = ${clientId}, false))`;
