/** Words of Graphviz's HTML-like labels. */
export type DotCell = {
  span?: number;
  align?: 'LEFT' | 'RIGHT';
  fill?: string | null;
  port?: string;
  topLine?: boolean;
};

/** Characters of a description to a line. */
const LINE_LENGTH = 54;
export const FAINT = '#484f54';
const LINE = '#505a5f';

export function escapeDot(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function bold(inner: string): string {
  return `<B>${inner}</B>`;
}

export function coloured(colour: string, inner: string): string {
  return `<FONT COLOR="${colour}">${inner}</FONT>`;
}

export function faint(inner: string): string {
  return coloured(FAINT, inner);
}

export function small(inner: string): string {
  return `<FONT POINT-SIZE="10">${inner}</FONT>`;
}

/** A sentence over several lines, escaped. */
export function wrapped(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > LINE_LENGTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((part) => `${escapeDot(part)}<BR ALIGN="LEFT"/>`).join('');
}

export function cell(inner: string, { span, align = 'LEFT', fill, port, topLine }: DotCell): string {
  const attributes = [
    `ALIGN="${align}"`,
    `BALIGN="LEFT"`,
    ...(span ? [`COLSPAN="${span}"`] : []),
    ...(fill ? [`BGCOLOR="${fill}"`] : []),
    ...(port ? [`PORT="${port}"`] : []),
    ...(topLine ? ['SIDES="T" BORDER="1" COLOR="#b1b4b6"'] : []),
  ];
  return `<TD ${attributes.join(' ')}>${inner}</TD>`;
}

export function row(...cells: string[]): string {
  return `<TR>${cells.join('')}</TR>`;
}

export function table(rows: string[], border: 'none' | 'solid' | 'dashed'): string {
  const style = border === 'dashed' ? 'ROUNDED,DASHED' : 'ROUNDED';
  const frame = border === 'none' ? 'BORDER="0"' : `BORDER="1" STYLE="${style}" BGCOLOR="white" COLOR="${LINE}"`;
  return `<TABLE ${frame} CELLBORDER="0" CELLSPACING="0" CELLPADDING="3">${rows.join('')}</TABLE>`;
}
