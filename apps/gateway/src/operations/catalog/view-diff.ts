import type { CatalogDiffView } from '@pointsman/contracts';
import type { CatalogDiff, FieldChange } from '@pointsman/model-catalog';

/** A difference as people see it: values of whatever shape stand as JSON. */
export function viewDiff({ fromVersion, toVersion, added, removed, changed, providers }: CatalogDiff): CatalogDiffView {
  return {
    fromVersion,
    toVersion,
    added: idsOf(added),
    removed: idsOf(removed),
    changed: changed.map(({ id, fields, prices }) => ({ id, fields: fields.map(viewField), prices })),
    providersAdded: idsOf(providers.added),
    providersRemoved: idsOf(providers.removed),
    providersChanged: providers.changed.map(({ id, fields }) => ({ id, fields: fields.map(viewField) })),
  };
}

const idsOf = (things: readonly { id: string }[]): string[] => things.map(({ id }) => id);

const viewField = ({ field, before, after }: FieldChange) => ({
  field,
  before: before === undefined ? undefined : JSON.stringify(before),
  after: after === undefined ? undefined : JSON.stringify(after),
});
