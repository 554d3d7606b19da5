import { createHash } from 'node:crypto';
import { type Html, html } from '../core/html.ts';
import { frame as WORDS } from './messages.ts';

/** What every page for people has around it: readable on a phone, by day and night, in whatever size letters are wanted. */

// Lengths follow the letters: whoever wants them large gets everything large. No text-size-adjust: WeChat sets its own.
const STYLE = `
:root{color-scheme:light dark;--soft:#5b6168;--line:#d9dce0;--card:#fff;--back:#f4f5f7;--ink:#1b1e21;--mark:#a32019}
@media (prefers-color-scheme:dark){:root{--soft:#a6adb4;--line:#3a3f45;--card:#1f2225;--back:#131517;--ink:#e9ebed;--mark:#ff9d94}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font-family:system-ui,"PingFang SC","Microsoft YaHei",sans-serif;line-height:1.7;overflow-wrap:anywhere}
main{max-width:42rem;margin:0 auto;padding:1rem .9rem 2.5rem}
section,header{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.9rem 1rem;margin:0 0 .8rem}
h1{font-size:1.4rem;line-height:1.4;margin:0 0 .4rem}
h2{font-size:1.1rem;margin:0 0 .3rem}
h3{font-size:1rem;margin:.7rem 0 .2rem}
p,ul,ol{margin:.35rem 0}
ul,ol{padding-left:1.3rem}
h1,.words{white-space:pre-line;unicode-bidi:isolate}
.soft{color:var(--soft)}
.state{font-weight:700;color:var(--mark)}
.strong{font-weight:700}
.answer{border-left:.25rem solid var(--line);padding-left:.7rem}
a{color:inherit}
footer{color:var(--soft);padding:0 .2rem}
`;
const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** Nothing loads, nothing runs; the one style is known by what it says. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export interface Framed {
  title: string;
  /** A sentence for whoever is sent the link. */
  description: string;
  /** The page's own address, when it is one to pass on. */
  url?: string | undefined;
  body: Html;
}

/** A whole page. */
export function framed({ title, description, url, body }: Framed): string {
  const page = html`<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<meta name="description" content="${description}">
<meta property="og:type" content="article">
<meta property="og:locale" content="zh_CN">
<meta property="og:site_name" content="${WORDS.site}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
${url !== undefined && html`<meta property="og:url" content="${url}">\n`}`;
  return `<!doctype html>\n${page.text}<style>${STYLE}</style>\n</head>\n<body>\n<main>\n${body.text}\n</main>\n</body>\n</html>\n`;
}
