import { letterHtml } from './markdown/letter-html.ts';
import { qrCodeText } from './markdown/letter-qr-code.ts';
import { renderMarkdown } from './markdown/render.ts';
import { substitute } from './substitute.ts';
import type { Values } from './values.ts';

/** Bytes of UTF-8 that a QR code of usable size can hold (content 4.8). */
export const QR_CODE_MAX_BYTES = 504;

/** A QR code that is too long: what it would hold, escaped as rendered, and how long that is. */
export type QrCodeTooLong = { data: string; numBytes: number; maxBytes: number };

/**
 * The first QR code of a letter's body that is too long, or null. With values the filled-in, escaped body is measured,
 * without any the template as written.
 */
export function findTooLongQrCode(body: string, values: Values | null): QrCodeTooLong | null {
  const texts: string[] = [];
  const paragraph = (content: string) => {
    const text = qrCodeText(content);
    if (text !== null) texts.push(text);
    return '';
  };
  const hasValues = values !== null && Object.keys(values).length > 0;
  const filled = hasValues ? substitute(body, values, { escape: true, lists: 'bullets' }) : body;
  renderMarkdown(`${filled}\n`, { ...letterHtml, paragraph });
  const data = texts.find((text) => Buffer.byteLength(text) > QR_CODE_MAX_BYTES);
  return data === undefined ? null : { data, numBytes: Buffer.byteLength(data), maxBytes: QR_CODE_MAX_BYTES };
}
