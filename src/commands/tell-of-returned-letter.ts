import { wireTime } from '../wire-time.ts';
import type { StartCallback } from './start-callback.ts';

/** A letter that came back, as its service is told of it. Source: public-api 6. */
export type ReturnedLetterFacts = {
  notificationId: string;
  serviceId: string;
  /** When it was first reported. */
  reportedAt: Date;
  createdAt: Date;
  /** The client's, of a letter that was sent with an API key; null for others. */
  reference: string | null;
  /** Email address of the user who sent it; null where an API key did. */
  sentBy: string | null;
  /** Null for precompiled and uploaded letters. */
  template: { id: string; name: string; version: number } | null;
  /** Of a letter from a spreadsheet; rows count from 0. */
  spreadsheet: { fileName: string; rowNumber: number } | null;
  /** Of a letter that was uploaded. */
  uploadFileName: string | null;
  requestId: string;
};

/** A spreadsheet's rows as people count them: from 1, after the row of headings. */
const FIRST_ROW = 2;

/** Owes the service its returned-letter callback, where it wants one. Safe to repeat. */
export function tellOfReturnedLetter(startCallback: StartCallback) {
  return (letter: ReturnedLetterFacts): Promise<void> =>
    startCallback({
      callbackType: 'returned_letter',
      serviceId: letter.serviceId,
      subjectId: letter.notificationId,
      at: letter.reportedAt.getTime(),
      body: async () => bodyOf(letter),
      requestId: letter.requestId,
    });
}

function bodyOf({ notificationId, template, spreadsheet, ...letter }: ReturnedLetterFacts): object {
  return {
    notification_id: notificationId,
    reference: letter.reference,
    date_sent: wireTime(letter.createdAt),
    sent_by: letter.sentBy ?? 'API',
    template_name: template?.name ?? null,
    template_id: template?.id ?? null,
    template_version: template?.version ?? null,
    spreadsheet_file_name: spreadsheet?.fileName ?? null,
    spreadsheet_row_number: spreadsheet === null ? null : spreadsheet.rowNumber + FIRST_ROW,
    upload_letter_file_name: letter.uploadFileName,
  };
}
