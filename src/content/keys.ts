const IGNORED = /[ _-]/g;

/** The form in which personalisation keys, placeholder names and file headings are compared (content 1.2). */
export function normaliseKey(key: string): string {
  return key.replace(IGNORED, '').toLowerCase();
}
