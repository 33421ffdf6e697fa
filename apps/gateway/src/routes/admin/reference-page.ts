type Schema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  description?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  default?: unknown;
  format?: string;
};
type Operation = {
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>;
};
type Document = { info: { title: string; description?: string }; paths?: Record<string, Record<string, Operation>> };

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The API description as a page a person can read: no script, nothing fetched from elsewhere. */
export function referencePage(source: object): string {
  const document = source as Document;
  const sections = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? 'Other';
      sections.set(tag, [...(sections.get(tag) ?? []), operationHtml(method, `/api${path}`, operation)]);
    }
  }
  const navigation = [...sections.keys()].map((tag) => `<a href="#${escapeHtml(tag)}">${escapeHtml(tag)}</a>`).join('');
  const body = [...sections]
    .map(([tag, parts]) => `<h2 id="${escapeHtml(tag)}">${escapeHtml(tag)}</h2>${parts.join('')}`)
    .join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(document.info.title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(document.info.title)}</h1><p>${escapeHtml(document.info.description ?? '')} Send <code>Authorization: Bearer &lt;token&gt;</code>. <a href="openapi.json">OpenAPI 3.1</a></p><nav aria-label="Sections">${navigation}</nav>${body}</main></body></html>`;
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? [])
    .map(
      (p) =>
        `<tr><td><code>${escapeHtml(p.name)}</code>${p.required ? ' *' : ''}</td><td>${escapeHtml(p.in)}</td><td>${escapeHtml(shapeOf(p.schema))}</td><td>${escapeHtml(p.description ?? p.schema?.description ?? '')}</td></tr>`,
    )
    .join('');
  const request = operation.requestBody?.content?.['application/json']?.schema;
  const reply = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'));
  const replySchema = reply?.[1].content?.['application/json']?.schema;
  return `<section><h3><span class="method ${escapeHtml(method)}">${escapeHtml(method.toUpperCase())}</span> <code>${escapeHtml(path)}</code></h3><p>${escapeHtml(operation.summary ?? '')}</p>${parameters === '' ? '' : `<div class="wide"><table><thead><tr><th>Parameter</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${parameters}</tbody></table></div>`}${request === undefined ? '' : `<details><summary>Request body</summary>${fieldsHtml(request)}</details>`}${replySchema === undefined ? '' : `<details><summary>Reply ${escapeHtml(reply?.[0] ?? '')}</summary>${fieldsHtml(replySchema)}</details>`}</section>`;
}

function fieldsHtml(schema: Schema): string {
  if (schema.properties === undefined) return `<p>${escapeHtml(shapeOf(schema))}</p>`;
  const required = new Set(schema.required);
  const items = Object.entries(schema.properties).map(([name, field]) => {
    const inner = field.properties ?? field.items?.properties;
    const nested =
      inner === undefined ? '' : fieldsHtml(field.properties === undefined ? (field.items ?? field) : field);
    const fallback =
      field.default === undefined ? '' : `, default <code>${escapeHtml(JSON.stringify(field.default))}</code>`;
    return `<li><code>${escapeHtml(name)}</code>${required.has(name) ? ' *' : ''}: ${escapeHtml(shapeOf(field))}${fallback}${field.description ? `. ${escapeHtml(field.description)}` : ''}${nested}</li>`;
  });
  return `<ul>${items.join('')}</ul>`;
}

function shapeOf(schema: Schema | undefined): string {
  if (schema === undefined) return '';
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(shapeOf).join(' or ');
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? '';
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'any');
  return type === 'array'
    ? `list of ${shapeOf(schema.items)}`
    : schema.format === undefined
      ? type
      : `${type} (${schema.format})`;
}

const STYLE = `:root{color-scheme:light dark;--line:#8885;--soft:#8881}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:60rem;margin:0 auto;padding:1rem}nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:.5rem 0;border-block:1px solid var(--line)}section{border-bottom:1px solid var(--line);padding:.5rem 0}h3{font-size:1rem;margin:.5rem 0;overflow-wrap:anywhere}.method{display:inline-block;min-width:4rem;font-weight:700}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}code{font-family:ui-monospace,monospace;background:var(--soft);padding:0 .2em;border-radius:3px;overflow-wrap:anywhere}summary{cursor:pointer}ul{padding-left:1.25rem}`;
