/**
 * A JSON pointer as a path, as ajv tells where a problem is: `/items/0/price` becomes `$.items[0].price`, and a name
 * that is no word stands in brackets. `value` tells an index from a name of digits.
 */
export function jsonPath(value: unknown, pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at = value;
  let path = '$';
  for (const step of steps) {
    path += writeStep(at, step);
    at = typeof at === 'object' && at !== null ? Object.entries(at).find(([name]) => name === step)?.[1] : undefined;
  }
  return path;
}

function writeStep(at: unknown, step: string): string {
  if (Array.isArray(at)) return `[${step}]`;
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
