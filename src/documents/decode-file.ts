const FOREIGN = /[^A-Za-z0-9+/=]+/g;
const NON_ASCII = /[^\0-\x7f]/;
const DATA_AND_PADDING = /([^=]*)(=*)/g;

/**
 * The bytes of a base64 text as Python reads it, which the original does: foreign characters are skipped, the first
 * complete padding ends it, other padding is skipped too, and missing padding is a fault. Null for what is no base64.
 */
export function decodeFile(text: string): Buffer | null {
  if (NON_ASCII.test(text)) return null;
  let characters = '';
  for (const [, data = '', padding = ''] of text.replace(FOREIGN, '').matchAll(DATA_AND_PADDING)) {
    characters += data;
    const surplus = characters.length % 4;
    if (surplus >= 2 && surplus + padding.length >= 4) return Buffer.from(characters, 'base64');
  }
  return characters.length % 4 === 0 ? Buffer.from(characters, 'base64') : null;
}
