import { qrCodeSvg } from '../qr-code/svg.ts';
import { WS } from '../text/characters.ts';
import { decodeHtmlReferences } from '../text/html-references.ts';

/** Stands for a hyphen that must stay one: letters print all others as non-breaking hyphens. Unicode noncharacters. */
export const KEPT_HYPHEN = '\ufdd0\ufdd1';

const QR_PARAGRAPH = new RegExp(`^[${WS}]*qr[${WS}]*:[${WS}]*([^\\n]+)$`, 'i');
const BARE_URL = /<strong data-original-protocol='(https?:\/\/)'>(.*?)<\/strong>/g;
const UNFILLED = /<span class=['"]placeholder/;

/** What a paragraph's QR code holds, still escaped, or null when the paragraph is none (content 4.8). */
export function qrCodeText(content: string): string | null {
  const text = QR_PARAGRAPH.exec(content)?.[1];
  return text === undefined ? null : text.replace(BARE_URL, '$1$2');
}

function placeholderBox(text: string): string {
  return [
    '',
    "<div class='qrcode-placeholder'>",
    "    <div class='qrcode-placeholder-border'></div>",
    "    <div class='qrcode-placeholder-content'>",
    `        <span class='qrcode-placeholder-content-background'>${text}</span>`,
    '    </div>',
    '</div>',
    '',
  ].join('\n');
}

function picture(text: string): string | null {
  if (UNFILLED.test(text)) return placeholderBox(text);
  const svg = qrCodeSvg(decodeHtmlReferences(text));
  return svg && `<div class='qrcode'>${svg}</div>`;
}

/** The paragraph with its QR code drawn; null when it is none, or none of a size that can be drawn. */
export function qrCodeParagraph(content: string): string | null {
  const text = qrCodeText(content);
  const drawn = text === null ? null : picture(text);
  return drawn && `<p>${drawn.replaceAll('-', KEPT_HYPHEN)}</p>`;
}
