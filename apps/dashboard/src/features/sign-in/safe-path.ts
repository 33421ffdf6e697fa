/** The path if it is one of ours, else the start page: an address bar must not send people to another site. */
export function safePath(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])/.test(path) && !/^\/(sign-in|welcome)\b/.test(path) ? path : '/';
}
