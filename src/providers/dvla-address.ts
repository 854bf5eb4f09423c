import { parsePostalAddress } from '../content/postal-address.ts';

/** Characters that the printer takes. Source: letters-broadcasts 6.12. */
const MAX_LINE = 45;
const MAX_POSTCODE = 10;
const MAX_COUNTRY = 256;
const MAX_RECIPIENT = 255;
const MAX_BFPO_LINES = 4;
const MAX_LINES = 5;

/** An address as the print API has it: in the UK, abroad, or at a Forces post office. The first line is the recipient. */
export function dvlaAddress(lines: readonly string[]): { recipientName: string; address: object } {
  const parsed = parsePostalAddress(lines.join('\n'));
  const [recipient = '', ...others] = parsed.normalisedLines;
  return { recipientName: recipient.slice(0, MAX_RECIPIENT), address: place(recipient, others, parsed) };
}

function place(recipient: string, others: string[], parsed: ReturnType<typeof parsePostalAddress>): object {
  const { bfpoNumber, postcode, isInternational } = parsed;
  if (bfpoNumber !== null) {
    const last = `BFPO ${bfpoNumber}`;
    const street = [recipient, ...others].filter((line) => line !== last && line !== postcode);
    return {
      bfpoAddress: {
        ...numbered(street.slice(0, MAX_BFPO_LINES)),
        ...(postcode === null ? {} : { postcode: postcode.slice(0, MAX_POSTCODE) }),
        bfpoNumber,
      },
    };
  }
  const last = others.at(-1) ?? '';
  const street = numbered(others.slice(0, -1).slice(0, MAX_LINES));
  return isInternational
    ? { internationalAddress: { ...street, country: last.slice(0, MAX_COUNTRY) } }
    : { unstructuredAddress: { ...street, postcode: last.slice(0, MAX_POSTCODE) } };
}

function numbered(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(lines.map((line, index) => [`line${index + 1}`, line.slice(0, MAX_LINE)]));
}
