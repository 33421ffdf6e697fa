-- What was taken from a sample to be rated is forgotten with it.
CREATE TRIGGER forget_annotated AFTER DELETE ON request_samples
  REFERENCING OLD TABLE AS erased FOR EACH STATEMENT EXECUTE FUNCTION forget_annotated_samples();
