import type { Setting } from '../../src/config/settings.ts';

const START = '<!-- config:start -->';
const END = '<!-- config:end -->';

/** A document with the table of settings between its markers; null where it has no markers. */
export function withSettings(document: string, settings: Readonly<Record<string, Setting<unknown>>>): string | null {
  const start = document.indexOf(START);
  const end = document.indexOf(END);
  if (start < 0 || end < start) return null;
  return `${document.slice(0, start)}${START}\n\n${settingsTable(settings)}\n${document.slice(end)}`;
}

function settingsTable(settings: Readonly<Record<string, Setting<unknown>>>): string {
  const rows = Object.entries(settings).map(
    ([name, setting]) => `| \`${name}\` | ${inCell(setting.meaning)} | ${fallback(setting)} |\n`,
  );
  return `| Name | Meaning | Default |\n| --- | --- | --- |\n${rows.join('')}`;
}

function fallback({ default: value, secret }: Setting<unknown>): string {
  if (secret) return '(development only)';
  return value === null || value === '' ? '' : `\`${inCell(value)}\``;
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
