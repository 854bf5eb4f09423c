/** A kind of file that may be sent by email. Source: content 8.7. */
export type FileType = {
  /** Without a full stop, lower case. */
  extension: string;
  mediaType: string;
  /** For recipients. */
  description: string;
  /** Saved rather than shown by browsers, which would show it as raw text. */
  isAlwaysSaved: boolean;
};

const type = (extension: string, mediaType: string, description: string, isAlwaysSaved = false): FileType => ({
  extension,
  mediaType,
  description,
  isAlwaysSaved,
});

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const FILE_TYPES: readonly FileType[] = [
  type('csv', 'text/csv', 'CSV file', true),
  type('doc', 'application/msword', 'Microsoft Word document'),
  type('docx', WORD, 'Microsoft Word document'),
  type('jpeg', 'image/jpeg', 'JPEG file'),
  type('jpg', 'image/jpeg', 'JPEG file'),
  type('json', 'application/json', 'JSON file'),
  type('odt', 'application/vnd.oasis.opendocument.text', 'text file'),
  type('pdf', 'application/pdf', 'PDF'),
  type('png', 'image/png', 'PNG file'),
  type('rtf', 'application/rtf', 'text file', true),
  type('rtf', 'text/rtf', 'text file', true),
  type('txt', 'text/plain', 'text file', true),
  type('xlsx', EXCEL, 'Microsoft Excel spreadsheet'),
];

/** By the part of a file's name after the last full stop, in any letter case. */
export function fileTypeByExtension(extension: string): FileType | null {
  const lower = extension.toLowerCase();
  return FILE_TYPES.find((each) => each.extension === lower) ?? null;
}

export function fileTypeByMediaType(mediaType: string): FileType | null {
  return FILE_TYPES.find((each) => each.mediaType === mediaType) ?? null;
}

/** What follows the last full stop. */
export function extensionOf(filename: string): string {
  return filename.slice(filename.lastIndexOf('.') + 1);
}

/** Names what was found and what is taken, quotes included (public-api 4.8). */
export function unsupportedTypeMessage(found: string): string {
  const extensions = [...new Set(FILE_TYPES.map(({ extension }) => `'.${extension}'`))].sort();
  return `Unsupported file type '${found}'. Supported types are: ${extensions.join(', ')}`;
}
