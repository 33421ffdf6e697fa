/** Light and dark by the reader's setting; text on every ground has a contrast of at least 4.5. */
const COLOURS = `
:root {
  color-scheme: light dark;
  --paper: #f6f5f2; --sheet: #ffffff; --ink: #1b1e22; --soft: #565c64; --line: #dfdcd5; --link: #1f56a0;
  --pass: #17663f; --regression: #ab2118; --inconclusive: #775000; --described: #47505b; --on-verdict: #ffffff;
  --worse: #ab2118; --better: #1f5fa8; --even: #565c64; --margin: #ebe8e1;
  --worse-1: #fdf1ec; --worse-2: #fbdfd4; --worse-3: #f6c3b0; --worse-4: #efa288;
  --better-1: #eef4fb; --better-2: #d9e7f7; --better-3: #b9d3f0; --better-4: #93bbe8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #121416; --sheet: #1a1d20; --ink: #ebe9e4; --soft: #a8adb4; --line: #34393f; --link: #8ab4f0;
    --pass: #1e6b45; --regression: #a6342a; --inconclusive: #7a5a10; --described: #47505b; --on-verdict: #ffffff;
    --worse: #ff9a85; --better: #8ab9f2; --even: #a8adb4; --margin: #2a2e33;
    --worse-1: #2b2020; --worse-2: #432721; --worse-3: #5f2e25; --worse-4: #7c3629;
    --better-1: #1c242e; --better-2: #1f3149; --better-3: #224068; --better-4: #265087;
  }
}`;

const PAGE = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
h2, dd, summary, .why { overflow-wrap: anywhere; }
main { max-width: 1180px; margin: 0 auto; padding: 28px 24px 72px; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.emulated { margin: 0; padding: 12px 24px; background: var(--inconclusive); color: var(--on-verdict); font-weight: 600; text-align: center; }
.page h1 { margin: 0; font-size: 1.05rem; font-weight: 650; }
.page p { margin: 2px 0 20px; color: var(--soft); font-size: .875rem; }
article { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; overflow: clip; }
article + article, nav + article { margin-top: 32px; }
section { padding: 28px 32px 4px; }
section:last-child { padding-bottom: 28px; }
h3 { margin: 0 0 8px; font-size: 1.2rem; line-height: 1.3; letter-spacing: -.005em; }
.prose { max-width: 76ch; }
.prose p { margin: 0 0 12px; }
.legend { margin: 0 0 12px; max-width: 92ch; color: var(--soft); font-size: .875rem; }
.controls { margin: 0 0 12px; font-size: .875rem; }
.controls label { cursor: pointer; }
button { font: inherit; color: var(--ink); background: var(--sheet); border: 1px solid var(--soft); border-radius: 6px; padding: 5px 12px; cursor: pointer; }
.scroll { overflow-x: auto; }
.headline { padding: 26px 32px 22px; color: var(--on-verdict); background: var(--described); }
.headline.pass { background: var(--pass); } .headline.regression { background: var(--regression); } .headline.inconclusive { background: var(--inconclusive); }
.headline .verdict { margin: 0; font-size: clamp(2rem, 6vw, 3rem); font-weight: 750; line-height: 1.05; letter-spacing: -.02em; }
.headline h2 { margin: 10px 0 0; font-size: 1.05rem; font-weight: 400; line-height: 1.4; }
.headline ul { margin: 14px 0 0; padding: 0; list-style: none; max-width: 90ch; }
.headline li + li { margin-top: 3px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); margin: 0; border-bottom: 1px solid var(--line); }
.figures div { padding: 18px 32px; }
.figures div + div { border-left: 1px solid var(--line); padding-left: 24px; }
dt { color: var(--soft); font-size: .8125rem; }
dd { margin: 0; }
.figures .estimate { font-size: 1.6rem; font-weight: 650; letter-spacing: -.01em; }
.figures .range { display: block; }
.unknowns { margin: 28px 32px 0; padding: 20px 24px; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); }
.unknowns ul { margin: 0; padding-left: 1.15em; max-width: 92ch; }
.unknowns li + li { margin-top: 6px; }`;

const TABLES = `
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th { text-align: left; font-weight: 600; }
thead th { color: var(--soft); font-size: .8125rem; font-weight: 500; vertical-align: bottom; }
th, td { padding: 9px 12px 9px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
.number, .range, .estimate { white-space: nowrap; }
.estimate { font-weight: 600; }
.range { color: var(--soft); font-size: .8125rem; }
.few, .none { color: var(--soft); font-size: .8125rem; font-style: italic; }
.chip { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: .8125rem; font-weight: 600; color: var(--on-verdict); background: var(--described); white-space: nowrap; }
.chip.pass, .chip.calibrated { background: var(--pass); } .chip.regression { background: var(--regression); } .chip.inconclusive { background: var(--inconclusive); }
.metrics th small { display: block; max-width: 32ch; color: var(--soft); font-size: .8125rem; font-weight: 400; line-height: 1.35; }
.metrics .direction { display: block; margin-top: 2px; max-width: 14ch; color: var(--soft); font-size: .8125rem; line-height: 1.3; }
.metrics .overall > * { padding-top: 13px; padding-bottom: 13px; border-bottom: 2px solid var(--line); }
.metrics .drawn { width: 250px; padding-right: 0; }
.metrics tbody .axis, .metrics thead .title { display: none; }
.metrics .number .range { display: block; }
.plain { width: auto; min-width: min(100%, 420px); }
.plain th[scope=row] { padding-right: 28px; font-weight: 500; }
.plain td { padding-right: 24px; }
.plain .why { color: var(--soft); min-width: 24ch; max-width: 72ch; }
.overview { width: 100%; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; }
.overview th, .overview td { padding-left: 16px; }
.heat { font-size: .875rem; border-collapse: separate; border-spacing: 2px; min-width: 940px; }
.heat th, .heat td { padding: 5px 8px; border: 0; }
.heat td { text-align: right; line-height: 1.25; border-radius: 3px; background: var(--sheet); }
.heat thead th:not(:first-child) { text-align: right; }
.heat th:first-child { position: sticky; left: 0; background: var(--sheet); font-weight: 500; z-index: 1; }
.heat .group th { padding-top: 16px; font-weight: 650; color: var(--soft); }
.heat .group th span { position: sticky; left: 8px; }
.heat .cases { color: var(--soft); }
.heat .range { display: block; color: inherit; font-size: .75rem; }
.heat .few { font-size: .75rem; }
.heat.only-marked tbody tr:not(.marked):not(.group) { display: none; }
.mark { font-weight: 400; font-size: .75em; } .mark.worse { color: var(--worse); } .mark.better { color: var(--better); } .heat td .mark { color: inherit; }
.worse-1 { background: var(--worse-1) !important; } .worse-2 { background: var(--worse-2) !important; } .worse-3 { background: var(--worse-3) !important; } .worse-4 { background: var(--worse-4) !important; }
.better-1, .score-1 { background: var(--better-1) !important; } .better-2, .score-2 { background: var(--better-2) !important; } .better-3, .score-3 { background: var(--better-3) !important; } .better-4, .score-4 { background: var(--better-4) !important; }`;

const DRAWINGS = `
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--soft); font-size: 10px; }
.axis text { text-anchor: middle; } .axis .tick, .zero { stroke: var(--soft); stroke-width: 1; }
rect.margin { fill: var(--margin); }
.bounds { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 2 3; }
.interval { stroke: var(--even); fill: var(--even); stroke-width: 2; } .interval circle { stroke: none; }
.interval.worse { stroke: var(--worse); fill: var(--worse); } .interval.better { stroke: var(--better); fill: var(--better); }
.legend .item { display: inline-block; margin-right: 16px; }
.swatch { display: inline-block; width: 22px; height: 10px; margin-right: 5px; vertical-align: baseline; }
.swatch.margin { background: var(--margin); } .swatch.line { border-bottom: 2px solid var(--even); margin-bottom: 4px; height: 0; } .swatch.dashes { border-bottom: 2px dotted var(--soft); margin-bottom: 4px; height: 0; }
.economics { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 16px 40px; align-items: start; margin-bottom: 12px; }
.economics > table { width: 100%; grid-row: span 2; }
.economics .number .range { display: block; }
figure { margin: 0; } figcaption { display: none; }
.quality .grid { stroke: var(--line); } .quality .name { fill: var(--ink); font-size: 11px; }
.point { stroke-width: 2; } .point.candidate { stroke: var(--ink); fill: var(--ink); } .point.baseline { stroke: var(--soft); fill: var(--sheet); }
.key { display: inline-block; width: 10px; height: 10px; margin-right: 6px; }
.key.candidate { background: var(--ink); border-radius: 50%; } .key.baseline { border: 2px solid var(--soft); }`;

const EXAMPLES = `
.example { border-top: 1px solid var(--line); }
.example:last-child { border-bottom: 1px solid var(--line); }
summary { padding: 11px 4px; cursor: pointer; line-height: 1.4; }
summary .facets { color: var(--soft); font-size: .875rem; margin: 0 10px; }
summary .change { font-size: .875rem; white-space: nowrap; }
.example > :last-child { margin-bottom: 20px; }
h4 { margin: 0 0 3px; font-size: .8125rem; font-weight: 500; color: var(--soft); }
.quote { margin: 6px 0 14px; min-width: 0; }
pre { margin: 0; padding: 11px 14px; max-height: 22em; overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; font: .875rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr)); gap: 0 20px; }
.verdicts td, .verdicts thead th + th { padding-left: 10px; }
.verdicts .fell .ours { background: var(--worse-2); } .verdicts .rose .ours { background: var(--better-2); } .verdicts .differs .ours { background: var(--margin); }
.verdicts .fell .ours .range, .verdicts .rose .ours .range { color: inherit; }
.verdicts .number .range { display: block; }
.facts { display: grid; gap: 8px; margin: 16px 0 0; font-size: .875rem; }
.facts div { display: grid; grid-template-columns: 150px minmax(0, 1fr); gap: 12px; }
.facts dt { font-size: inherit; }`;

/** A phone: rows of the metrics become cards, wide tables scroll inside their own frame, never the page. */
const NARROW = `
@media (max-width: 860px) {
  main { padding: 16px 12px 48px; }
  section { padding: 24px 16px 4px; } .unknowns { margin: 24px 16px 0; padding: 16px; }
  .headline { padding: 20px 16px; }
  .figures { grid-template-columns: 1fr 1fr; } .figures div, .figures div + div { padding: 14px 16px; border-left: 0; }
  .figures .estimate { font-size: 1.3rem; }
  .metrics, .metrics tbody { display: block; } .metrics thead { display: none; }
  .metrics tr { display: grid; grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); gap: 8px 16px; padding: 16px 0; border-bottom: 1px solid var(--line); }
  .metrics th, .metrics td, .metrics .overall > * { display: block; padding: 0; border: 0; }
  .metrics th, .metrics .drawn { grid-column: 1 / -1; width: auto; } .metrics th small { max-width: none; }
  .metrics td[data-label]::before { content: attr(data-label); display: block; color: var(--soft); font-size: .8125rem; }
  .metrics tbody .axis { display: block; } .metrics .drawn svg { max-width: 420px; }
  .facts div { grid-template-columns: 1fr; gap: 0; }
  summary .facets { display: block; margin: 0; }
  .heat { min-width: 780px; } .heat th, .heat td { padding: 4px 5px; } .heat th:first-child { min-width: 104px; max-width: 110px; font-size: .8125rem; overflow-wrap: anywhere; }
  .metrics th { order: -3; } .metrics td:first-of-type { order: -2; } .metrics .difference { order: -1; }
  .economics { grid-template-columns: minmax(0, 1fr); } .economics > table { grid-row: auto; } .quality { max-width: 480px; }
}
@media (max-width: 560px) {
  .quality text, .quality .name { font-size: 13px; }
  .economics > table { min-width: 0; } .plain td, .plain th[scope=row] { padding-right: 12px; }
  .economics .number, .economics .range, .figures .range { white-space: normal; } .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media print { body, article, .unknowns { background: none; } .headline, .chip, .heat td { print-color-adjust: exact; } pre { max-height: none; } .controls { display: none; } }`;

export const PAGE_STYLE = [COLOURS, PAGE, TABLES, DRAWINGS, EXAMPLES, NARROW].join('\n');
