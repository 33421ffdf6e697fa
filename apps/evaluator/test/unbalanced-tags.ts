const WITHOUT_END = new Set(['meta', 'input']);

/** Tags of HTML or XML that are open at the end, or the first that closes what is not open; none when all is well. */
export function unbalancedTags(markup: string): string[] {
  const open: string[] = [];
  const bare = markup.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
  for (const [tag, closing, name = '', rest = ''] of bare.matchAll(/<(\/?)([a-z][\w-]*)([^>]*)>/gi)) {
    if (closing === '' && !WITHOUT_END.has(name) && !rest.endsWith('/')) open.push(name);
    if (closing === '/' && open.pop() !== name) return [tag];
  }
  return open;
}
