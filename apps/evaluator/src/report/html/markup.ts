/** HTML or SVG that is safe to put into a page: only `html` and `trusted` make it. */
export type Markup = { readonly markup: string };

export type Part = Markup | string | number | undefined | readonly Part[];

/** Template tag: every part that is not markup itself is escaped, so that what models write stays text. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((text, index) => `${text}${render(parts[index])}`).join('') };
}

/** Takes text as markup: for the page's own style and script, never for anything out of a report. */
export const trusted = (markup: string): Markup => ({ markup });

function render(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part));
  return 'markup' in part ? part.markup : part.map(render).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
