import type { VirusScan } from '../virus-scan/virus-scan.ts';
import { detectMediaType } from './detect-media-type.ts';
import { extensionOf, fileTypeByExtension, fileTypeByMediaType, unsupportedTypeMessage } from './file-types.ts';

export type FileToCheck = {
  content: Buffer;
  /** Null where the content alone tells what it is. */
  filename: string | null;
  /** Text without a name is a CSV file. */
  isCsv: boolean;
};

export type FileVerdict =
  | { outcome: 'good'; mediaType: string }
  /** The caller's fault, in the words of public-api 4.8. `signature` is what the scanner found. */
  | { outcome: 'refused'; message: string; signature?: string };

/** Bytes. Source: public-api 4.8. */
const MAX_FILE_BYTES = 2 * 1024 * 1024 + 1024;
/** Characters. */
const MAX_FILENAME_LENGTH = 100;

/** Whether a file may be sent by email. @throws {ScannerUnavailable} */
export type CheckFile = (file: FileToCheck) => Promise<FileVerdict>;

/** The checks are in the original's order. */
export function checkFile(scan: VirusScan): CheckFile {
  return async ({ content, filename, isCsv }) => {
    if (content.length === 0) return refused('Document must not be empty');
    if (content.length > MAX_FILE_BYTES) return refused('Uploaded file exceeds file size limit');
    const problem = filename === null ? null : filenameProblem(filename);
    if (problem !== null) return refused(problem);
    const scanned = await scan(content);
    if (scanned.verdict === 'infected') {
      return { ...refused('File did not pass the virus scan'), signature: scanned.signature };
    }
    const named = filename === null ? null : fileTypeByExtension(extensionOf(filename));
    const mediaType = named?.mediaType ?? contentMediaType(content, isCsv);
    if (fileTypeByMediaType(mediaType) === null) return refused(unsupportedTypeMessage(mediaType));
    return { outcome: 'good', mediaType };
  };
}

/** Why no file of this name may be sent by email; null where one may. */
export function filenameProblem(filename: string): string | null {
  if ([...filename].length > MAX_FILENAME_LENGTH) {
    return `\`filename\` cannot be longer than ${MAX_FILENAME_LENGTH} characters`;
  }
  const extension = extensionOf(filename);
  return fileTypeByExtension(extension) === null ? unsupportedTypeMessage(`.${extension}`) : null;
}

function contentMediaType(content: Buffer, isCsv: boolean): string {
  const mediaType = detectMediaType(content);
  return isCsv && mediaType === 'text/plain' ? 'text/csv' : mediaType;
}

function refused(message: string) {
  return { outcome: 'refused', message } as const;
}
