import type { Route } from '../core/feature.ts';
import { escaped } from '../core/html.ts';
import { reference, titles } from './messages.ts';
import { PREFIX } from './openapi.ts';

/** The page's own policy: its one style sheet is inside it, and nothing else loads at all. */
export const DOCS_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

const STYLE = `
:root{color-scheme:light dark;font:16px/1.6 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:1rem}
h2{margin-top:2rem;border-bottom:1px solid #8884}
details{border:1px solid #8884;border-radius:.4rem;margin:.4rem 0;padding:.3rem .7rem}
summary{cursor:pointer;overflow-wrap:anywhere}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}
pre{overflow:auto;background:#8881;padding:.6rem;border-radius:.3rem}
.verb{display:inline-block;min-width:4.2em;font-weight:700}
.who{font-size:.8em;white-space:nowrap;border:1px solid #8886;border-radius:1em;padding:0 .6em}
td,th{text-align:left;padding:.1rem 1rem .1rem 0;vertical-align:top}`;

/** The shape of the document that `describeApi` makes, as far as this page reads it. */
interface Described {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, unknown> };
}
interface Operation {
  parameters?: { in: string; name: string; required?: boolean; description?: string; schema?: unknown }[];
  requestBody?: { content: Record<string, { schema?: unknown }> };
  responses: Record<string, { content?: Record<string, { schema?: unknown }> }>;
}

/** A page to read the API on, plain HTML that needs nothing from elsewhere. */
export function docsPage(routes: readonly Route[], described: object): string {
  const { paths, components } = described as Described;
  const tags = [...new Set(routes.map((route) => route.tag))];
  const sections = tags.map((tag) => {
    const entries = routes
      .filter((route) => route.tag === tag)
      .map((route) => entry(route, paths[PREFIX + route.path]?.[route.method]));
    return `<h2>${escaped(tag)}</h2>\n${entries.join('\n')}`;
  });
  const statuses = Object.entries(titles).map(([status, title]) => `<tr><td>${status}</td><td>${title}</td></tr>`);
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${escaped(name)}"><summary>${escaped(name)}</summary>${json(schema)}</details>`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${reference.title}</title><style>${STYLE}</style></head><body>
<h1>${reference.title}</h1>
<p>${escaped(reference.intro)}</p>
<p><a href="/api/openapi.json">${reference.machine}</a></p>
${sections.join('\n')}
<h2>${reference.openProblems}</h2>
<table>${statuses.join('')}</table>
<h2>Schemas</h2>
${schemas.join('\n')}
</body></html>
`;
}

function entry(route: Route, operation: Operation | undefined): string {
  const who = { signed: reference.signed, public: reference.public, demo: reference.demo }[route.auth ?? 'signed'];
  const parameters = (operation?.parameters ?? []).map(
    (one) =>
      `<tr><td><code>${escaped(one.name)}</code>${one.required ? ' *' : ''}</td><td>${one.in}</td><td>${escaped(one.description ?? '')}</td><td><code>${escaped(JSON.stringify(one.schema ?? {}))}</code></td></tr>`,
  );
  const body = Object.values(operation?.requestBody?.content ?? {})[0]?.schema;
  const answer = Object.entries(operation?.responses ?? {}).find(([status]) => status.startsWith('2'));
  const shape = answer && Object.values(answer[1].content ?? {})[0]?.schema;
  return `<details><summary><span class="verb">${route.method.toUpperCase()}</span> <code>${PREFIX}${escaped(route.path)}</code>
${escaped(route.summary)} <span class="who">${who}</span></summary>
${parameters.length > 0 ? `<h4>${reference.parameters}</h4><table>${parameters.join('')}</table>` : ''}
${body ? `<h4>${reference.body}</h4>${json(body)}` : ''}
<h4>${reference.answer} ${answer?.[0] ?? ''}</h4>${shape ? json(shape) : ''}</details>`;
}

const json = (value: unknown) => `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`;
