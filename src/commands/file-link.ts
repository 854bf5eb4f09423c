import type { DocumentUpload, UploadDocument } from '../documents/upload-document.ts';
import { badRequest, type Checked, passed, refused } from '../refusal.ts';

export type FileLinkParts = {
  /** Address of the download pages, without a final slash. */
  documentsUrl: string;
  uploadDocument: UploadDocument;
};

export type EmailRecipient = {
  normalised: string;
  /** Nothing is uploaded for simulated ones. */
  isSimulated: boolean;
};

export type EmailFile = Omit<DocumentUpload, 'confirmationEmail'> & {
  /** Whether the recipient confirms the address before downloading it. */
  isConfirmed: boolean;
};

/** Where the uploaded file is. A failure that is not the caller's is told as the original does (public-api 4.8). */
export async function fileLink(
  { uploadDocument, documentsUrl }: FileLinkParts,
  { isConfirmed, ...file }: EmailFile,
  { normalised, isSimulated }: EmailRecipient,
): Promise<Checked<string>> {
  if (isSimulated) return passed(`${documentsUrl}/services/${file.serviceId}/documents/test-document`);
  const uploaded = await uploadDocument({ ...file, confirmationEmail: isConfirmed ? normalised : null });
  if (uploaded.outcome === 'uploaded') return passed(uploaded.url);
  if (uploaded.outcome === 'refused') return badRequest(uploaded.message);
  return uploadFailed();
}

export function uploadFailed() {
  return refused(500, 'Exception', 'Internal server error');
}
