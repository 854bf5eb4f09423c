import { OUTCOMES } from './outcomes.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --faint: #8881; --accent: #1d70b8; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
h1 + p { margin: .25rem 0 0; opacity: .75; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; } th { background: var(--faint); font-weight: 600; white-space: nowrap; }
code, td.code { font: 13px/1.6 ui-monospace, monospace; }
td.content { max-width: 30rem; white-space: pre-wrap; overflow-wrap: anywhere; }
td.content div { max-height: 8rem; overflow-y: auto; }
.many { color: #d4351c; font-weight: 600; } .empty { padding: .7rem; opacity: .6; }
button { float: right; padding: .3rem .8rem; border: 1px solid var(--accent); border-radius: 4px;
  background: none; color: var(--accent); font: inherit; cursor: pointer; }
`;

const SCRIPT = `
const cell = (text, name) => {
  const td = document.createElement('td');
  if (name === 'content') td.append(Object.assign(document.createElement('div'), { textContent: text }));
  else td.textContent = text;
  if (name) td.className = name;
  return td;
};
const fill = (id, rows) => {
  const body = document.getElementById(id);
  const empty = cell('Nothing yet.', 'empty');
  empty.colSpan = 7;
  body.replaceChildren(...(rows.length ? rows : [[empty]]).map((cells) => {
    const tr = document.createElement('tr');
    tr.append(...cells);
    return tr;
  }));
};
const time = (iso) => cell(iso.slice(11, 23), 'code');
const messageCells = (m) => [
  time(m.receivedAt), cell(m.provider), cell(m.to, 'code'),
  cell(m.subject === null ? m.content : m.subject + '\\n\\n' + m.content, 'content'),
  cell(m.outcome), cell(String(m.timesSeen), m.timesSeen > 1 ? 'many' : ''), cell(m.reference, 'code'),
];
const callbackCells = (c) => [time(c.receivedAt), cell(c.path, 'code'), cell(JSON.stringify(c.body, null, 1), 'content')];
let shown = '';
const refresh = async () => {
  const texts = await Promise.all(['messages', 'callbacks'].map((what) => fetch('/' + what + '?limit=50').then((r) => r.text())));
  if (texts.join() === shown) return;
  shown = texts.join();
  const [{ messages, totals }, { callbacks }] = texts.map((text) => JSON.parse(text));
  fill('messages', messages.map(messageCells));
  fill('callbacks', callbacks.map(callbackCells));
  document.getElementById('totals').textContent =
    totals.received + ' requests for ' + totals.references + ' notifications, ' + totals.repeated + ' of them more than once';
};
document.getElementById('clear').onclick = async () => {
  await Promise.all(['messages', 'callbacks'].map((what) => fetch('/' + what, { method: 'DELETE' })));
  await refresh();
};
const keepRefreshing = () => refresh().catch(() => {}).finally(() => setTimeout(keepRefreshing, 2000));
keepRefreshing();
`;

/** The sandbox's own page, whole: what was sent, what services were told, and which recipient does what. */
export function sandboxPage(): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox</title>
<style>${STYLE}</style>
<button id="clear">Clear</button>
<h1>Sandbox</h1>
<p>Plays the providers and a service’s server. Nothing leaves this machine. <span id="totals"></span></p>
<h2>Messages</h2>
${table('messages', ['Time', 'Provider', 'To', 'Content', 'Outcome', 'Seen', 'Reference'])}
<h2>Callbacks to services</h2>
${table('callbacks', ['Time', 'Path', 'Body'])}
<h2>Recipients and what happens to them</h2>
<div class="scroll"><table>
<thead>${headings(['Outcome', 'Text to', 'Email to', 'What happens'])}</thead>
<tbody>${OUTCOMES.map(outcomeRow).join('\n')}</tbody>
</table></div>
<script>${SCRIPT}</script>
</html>
`;
}

function table(id: string, names: readonly string[]): string {
  return `<div class="scroll"><table><thead>${headings(names)}</thead><tbody id="${id}"></tbody></table></div>`;
}

function headings(names: readonly string[]): string {
  return `<tr>${names.map((name) => `<th>${name}</th>`).join('')}</tr>`;
}

function outcomeRow({ name, phoneNumber, localPart, description }: (typeof OUTCOMES)[number]): string {
  const code = (text: string | null) => `<td>${text === null ? '–' : `<code>${text}</code>`}</td>`;
  return `<tr><td>${name}</td>${code(phoneNumber)}${code(localPart && `${localPart}@…`)}<td>${description}</td></tr>`;
}
