import { inflateRawSync } from 'node:zlib';

const TEXT = 'text/plain';
/** What files begin with; UTF-16, which looks like no text, begins with its byte order mark. */
const SIGNATURES: readonly (readonly [bytes: string, mediaType: string])[] = [
  ['%PDF-', 'application/pdf'],
  ['{\\rtf', 'text/rtf'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['\xff\xfe', TEXT],
  ['\xfe\xff', TEXT],
  ['MZ', 'application/x-dosexec'],
  ['\x7fELF', 'application/x-executable'],
  ['\x1f\x8b', 'application/gzip'],
  ['7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed'],
  ['Rar!\x1a\x07', 'application/x-rar'],
];
const COMPOUND_FILE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const ZIP_ENTRY = 'PK\x03\x04';
const UNKNOWN = 'application/octet-stream';

/** Folders by which Office's files are told apart. */
const OFFICE_TYPES: readonly (readonly [folder: string, mediaType: string])[] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];
/** Streams inside the older Office's files, in UTF-16. */
const COMPOUND_TYPES: readonly (readonly [stream: string, mediaType: string])[] = [
  ['WordDocument', 'application/msword'],
  ['Workbook', 'application/vnd.ms-excel'],
  ['PowerPoint Document', 'application/vnd.ms-powerpoint'],
];
/** Bytes at the start of a ZIP entry, before its name. */
const ENTRY_HEADER_BYTES = 30;
const STORED = 0;
/** Longer than the name of any media type. */
const MAX_MEDIA_TYPE_BYTES = 200;
/** Control characters that no text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BINARY = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

/** The media type of a file as its content shows it, for files that come without a name. */
export function detectMediaType(content: Buffer): string {
  const start = content.toString('latin1', 0, 16);
  const signature = SIGNATURES.find(([bytes]) => start.startsWith(bytes));
  if (signature) return signature[1];
  if (start.startsWith(ZIP_ENTRY)) return zipMediaType(content);
  if (start.startsWith(COMPOUND_FILE)) return compoundMediaType(content);
  return textMediaType(content);
}

/** OpenDocument says its type in the first entry; Office's files have a folder named for theirs. */
function zipMediaType(content: Buffer): string {
  const declared = declaredMediaType(content);
  if (declared !== null) return declared;
  const isOffice = content.includes('[Content_Types].xml');
  const found = OFFICE_TYPES.find(([folder]) => isOffice && content.includes(folder));
  return found?.[1] ?? 'application/zip';
}

function declaredMediaType(content: Buffer): string | null {
  if (content.length < ENTRY_HEADER_BYTES) return null;
  const nameEnd = ENTRY_HEADER_BYTES + content.readUInt16LE(26);
  if (content.toString('latin1', ENTRY_HEADER_BYTES, nameEnd) !== 'mimetype') return null;
  const from = nameEnd + content.readUInt16LE(28);
  const packed = content.subarray(from, from + content.readUInt32LE(18));
  if (packed.length > MAX_MEDIA_TYPE_BYTES) return null;
  try {
    const text = content.readUInt16LE(8) === STORED ? packed : inflateRawSync(packed, { maxOutputLength: 1024 });
    return text.toString('latin1');
  } catch {
    return null;
  }
}

function compoundMediaType(content: Buffer): string {
  const found = COMPOUND_TYPES.find(([stream]) => content.includes(stream, 0, 'utf16le'));
  return found?.[1] ?? 'application/x-ole-storage';
}

function textMediaType(content: Buffer): string {
  const text = content.toString('latin1');
  if (BINARY.test(text)) return UNKNOWN;
  const start = text.trimStart().slice(0, 100).toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'text/html';
  if (start.startsWith('<?xml')) return 'text/xml';
  return /^[[{]/.test(start) && isJson(content) ? 'application/json' : TEXT;
}

function isJson(content: Buffer): boolean {
  try {
    JSON.parse(content.toString());
    return true;
  } catch {
    return false;
  }
}
