import type { Values } from '../content/values.ts';
import type { TemplateFile } from '../db/template-directory.ts';
import { type ObjectStore, readAll } from '../object-store/object-store.ts';
import { inTheirPlaces } from '../queries/placed-files.ts';
import { type Checked, passed } from '../refusal.ts';
import { type EmailRecipient, type FileLinkParts, fileLink, uploadFailed } from './file-link.ts';

export type TemplateFileParts = FileLinkParts & {
  /** Where the files of templates are kept. */
  store: Pick<ObjectStore, 'get'>;
  log: { error(facts: object, message: string): void };
};

/** Where a template's file is kept. */
export function templateFileKey(serviceId: string, fileId: string): string {
  return `template-email-files/${serviceId}/${fileId}`;
}

/** Uploads each file for one recipient; its link comes in its place, as the template's author worded it. */
export async function withTemplateFiles(
  parts: TemplateFileParts,
  serviceId: string,
  files: readonly TemplateFile[],
  values: Values | null,
  recipient: EmailRecipient,
): Promise<Checked<Values | null>> {
  const links: [string, string][] = [];
  for (const file of files) {
    const link = await templateFileLink(parts, serviceId, file, recipient);
    if (link.outcome === 'refused') return link;
    links.push([file.filename, file.linkText === null ? link.value : `[${file.linkText}](${link.value})`]);
  }
  return passed(inTheirPlaces(links, values));
}

async function templateFileLink(
  parts: TemplateFileParts,
  serviceId: string,
  { id, filename, retentionWeeks, isConfirmed }: TemplateFile,
  recipient: EmailRecipient,
): Promise<Checked<string>> {
  const upload = { serviceId, filename, isCsv: false, retentionWeeks, isConfirmed };
  if (recipient.isSimulated) return fileLink(parts, { ...upload, file: '' }, recipient);
  const facts = { service_id: serviceId, file_id: id };
  try {
    const stored = await parts.store.get(templateFileKey(serviceId, id));
    if (stored !== null) return fileLink(parts, { ...upload, file: await readAll(stored) }, recipient);
    parts.log.error(facts, `Template email file ${id} is not in the object store`);
  } catch (error) {
    parts.log.error({ ...facts, err: error }, `Template email file ${id} could not be read`);
  }
  return uploadFailed();
}
