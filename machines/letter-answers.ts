import type { LetterContext, LetterFailure } from './letter.types.ts';

/** What is wrong with a templated letter's PDF, if anything is. */
const TOO_LONG = 'letter-too-long';

type SomeEvent = { type: string };
type Fields = Record<string, unknown>;

/** The answer of the effect that the event ends; no fields for any other event. */
function answerOf(event: SomeEvent): Fields {
  const output = 'output' in event ? event.output : undefined;
  return typeof output === 'object' && output !== null ? (output as Fields) : {};
}

/** How the effect ended: `rendered`, `clean`, `try-later` … */
export function outcomeOf(event: SomeEvent): unknown {
  return answerOf(event)['outcome'];
}

export function pagesOf(event: SomeEvent): number {
  const { pages } = answerOf(event);
  return typeof pages === 'number' ? pages : 0;
}

/** Printed on both sides. Source: letters-broadcasts 3.3. */
export function sheetsOf(event: SomeEvent): number {
  return Math.ceil(pagesOf(event) / 2);
}

/** What the checks of a PDF found out. An address in the UK never changes the postage. */
export function findings(
  { address, postage }: LetterContext,
  event: SomeEvent,
): Pick<LetterContext, 'address' | 'postage'> {
  const found = answerOf(event);
  const isAbroad = found['postage'] === 'europe' || found['postage'] === 'rest-of-world';
  return {
    address: typeof found['address'] === 'string' ? found['address'] : address,
    postage: isAbroad ? (found['postage'] as LetterContext['postage']) : postage,
  };
}

/** Why the PDF that the effect looked at, or made, is not valid. */
export function failureOf(event: SomeEvent): LetterFailure {
  const { message, invalidPages, pages } = answerOf(event);
  return {
    message: typeof message === 'string' ? message : TOO_LONG,
    invalidPages: Array.isArray(invalidPages) ? invalidPages : null,
    pages: typeof pages === 'number' ? pages : null,
  };
}

export function printerOf(event: SomeEvent): string | null {
  const { provider } = answerOf(event);
  return typeof provider === 'string' ? provider : null;
}
