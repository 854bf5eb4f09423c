import characters from './data/sms-characters.json' with { type: 'json' };

const QUESTION_MARK = '?';
const BASIC_PLANE = 0x10000;

/** What a UTF-16 unit is to a text message; flags, 0 for a character that it cannot carry. */
const ALLOWED = 1;
/** Costs two septets in GSM 7-bit. */
export const EXTENDED = 2;
/** Not in GSM 7-bit: forces UCS-2. */
export const NON_GSM = 4;

/** The flags of every UTF-16 unit. All characters a text message can carry are in the basic plane. */
export const SMS_CHARACTERS: Readonly<Uint8Array> = classify();

const SMS_REPLACEMENTS: ReadonlyMap<string, string> = new Map(Object.entries(characters.replacements));
const ASCII_REPLACEMENTS: ReadonlyMap<string, string> = new Map(Object.entries(characters.asciiReplacements));

function classify(): Uint8Array {
  const classes = new Uint8Array(BASIC_PLANE);
  const mark = (members: string, flag: number) => {
    for (let at = 0; at < members.length; at += 1) classes[members.charCodeAt(at)] = flag;
  };
  mark(characters.allowed, ALLOWED);
  mark(characters.extended, ALLOWED | EXTENDED);
  mark(characters.welshNonGsm, ALLOWED | NON_GSM);
  return classes;
}

function isAllowedInSms(character: string): boolean {
  return character.length === 1 && SMS_CHARACTERS[character.charCodeAt(0)] !== 0;
}

function isPrintableAscii(character: string): boolean {
  return character >= ' ' && character <= '~' && character.length === 1;
}

/** Replaces every character that a text message cannot carry, by a likeness or `?` (content 2.3). */
export function downgradeForSms(text: string): string {
  let downgraded = '';
  for (const character of text) {
    downgraded += isAllowedInSms(character) ? character : (SMS_REPLACEMENTS.get(character) ?? QUESTION_MARK);
  }
  return downgraded;
}

/** The same for printable ASCII: country names, telephone numbers, file names. */
export function downgradeToAscii(text: string): string {
  let downgraded = '';
  for (const character of text) {
    downgraded += isPrintableAscii(character) ? character : (ASCII_REPLACEMENTS.get(character) ?? QUESTION_MARK);
  }
  return downgraded;
}

/** The distinct characters for which a text message gets a `?`, in order of first appearance. */
export function charactersLostInSms(text: string): string[] {
  const lost = [...text].filter((character) => !isAllowedInSms(character) && !SMS_REPLACEMENTS.has(character));
  return [...new Set(lost)];
}
