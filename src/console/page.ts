import { type Html, html, trusted } from './html.ts';

const STYLE = `
:root { --ink: #0b0c0c; --faint: #505a5f; --line: #b1b4b6; --fill: #f3f2f1; --accent: #1d70b8; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #fff; font: 15px/1.5 Arial, Helvetica, "Liberation Sans", sans-serif; }
header { display: flex; gap: 1.5rem; align-items: baseline; padding: .7rem 1.5rem; background: var(--ink); color: #fff; }
header a { color: #fff; } header strong a { text-decoration: none; }
main { padding: 1rem 1.5rem 3rem; }
h1 { margin: .5rem 0; font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 1.8rem 0 .5rem; font-size: 1.15rem; }
p { max-width: 46rem; margin: .4rem 0; } a { color: var(--accent); } .faint { color: var(--faint); }
.columns { display: flex; flex-wrap: wrap; gap: 0 3rem; align-items: flex-start; }
.scroll { overflow-x: auto; } .drawing { border: 1px solid var(--line); padding: .5rem; width: fit-content; max-width: 100%; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); white-space: nowrap; } th { font-weight: 600; }
td.number, th.number { text-align: right; } td.text { max-width: 26rem; }
tr.first td { border-top: 1px solid var(--faint); }
code { font: 13px/1.5 ui-monospace, "Liberation Mono", monospace; }
form { margin: 1rem 0; } label { display: block; font-weight: 600; }
input { width: 24rem; max-width: 100%; padding: .35rem .5rem; border: 2px solid var(--ink); font: inherit; }
button { padding: .4rem .9rem; border: 0; background: var(--accent); color: #fff; font: inherit; cursor: pointer; }
input:focus, button:focus, a:focus { outline: 3px solid #fd0; outline-offset: 1px; }
.warning { padding: .4rem .8rem; border-left: 5px solid #d4351c; background: var(--fill); }
svg .here > path { stroke: #d4351c; stroke-width: 3.5; }
`;

export type Page = {
  title: string;
  body: Html;
  /** Whether the page asks for itself again and again. */
  isLive?: boolean;
};

/** Seconds between two renewals of a live page. */
const REFRESH_SECONDS = 10;

/** A whole page. Nothing in it is loaded from elsewhere and nothing in it is a script. */
export function page({ title, body, isLive = false }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${isLive ? html`<meta http-equiv="refresh" content="${REFRESH_SECONDS}">` : null}
<title>${title} – notification service</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header><strong><a href="/">Notification service</a></strong> <span>Operators’ pages</span></header>
<main>
${body}
</main>
</body>
</html>
`.text;
}

/** Says whether a page renews itself, and offers the other way. */
export function renewal(path: string, isLive: boolean): Html {
  return isLive
    ? html`Counts are renewed every ${REFRESH_SECONDS} seconds: <a href="${path}?live=0">hold still</a>.`
    : html`Counts stand still: <a href="${path}">renew them</a>.`;
}

/** The box in which an operator asks for one notification. */
export function searchForm(value = ''): Html {
  return html`<form action="/notifications" method="get">
<label for="id">Notification id</label>
<input id="id" name="id" value="${value}" autocomplete="off" spellcheck="false"> <button>Show</button>
</form>`;
}

/** A table with a heading for each column; columns whose heading is in `numbers` are set to the right. */
export function table(headings: readonly string[], rows: readonly Html[], numbers: readonly string[] = []): Html {
  const heading = (name: string) =>
    html`<th scope="col"${trusted(numbers.includes(name) ? ' class="number"' : '')}>${name}</th>`;
  return html`<div class="scroll"><table><thead><tr>${headings.map(heading)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

export function numeral(value: number): string {
  return value.toLocaleString('en-GB');
}

/** A length of time in its largest whole unit: `3 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
}

/** An instant in UTC, to the millisecond. */
export function instant(at: number | null): string {
  return at === null ? '–' : new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC');
}
