-- The order in which a batch gives its items away.
CREATE INDEX annotation_items_order ON annotation_items (batch_id, band);
