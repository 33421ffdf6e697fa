const HEX_ID = /^dec_([0-9a-f]{32})$/;

/** The UUID inside `dec_<hex>`, as PostgreSQL writes it; undefined when the text is no decision id. */
export function uuidOfDecision(id: string): string | undefined {
  const hex = HEX_ID.exec(id)?.[1];
  if (hex === undefined) return undefined;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The decision id of a stored UUID. */
export const decisionOfUuid = (uuid: string): string => `dec_${uuid.replaceAll('-', '')}`;

/** Milliseconds since 1970 that a version 7 UUID was made at; undefined for other versions. */
export function timeOfUuid(uuid: string): number | undefined {
  return uuid[14] === '7' ? Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16) : undefined;
}
