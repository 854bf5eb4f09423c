import type { LetterContext, RenderOutcome } from '../../machines/letter.types.ts';
import type { LetterRequest } from '../actors/letter.ts';
import type { Values } from '../content/values.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { MadePdf } from '../letters/letter-pdf.ts';
import { invalidKey, validKey } from '../letters/object-names.ts';
import { failureMetadata, finalNaming } from '../letters/stored-letters.ts';
import type { TemplatedLetter } from '../letters/templated-letter.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { EffectRun } from '../runtime/actor-type.ts';
import { reasonOf } from './letter-reason.ts';

export type RenderLetterParts = {
  store: ObjectStore;
  box: SecretBox;
  directory: Pick<Directory, 'template'>;
  makeLetter(letter: TemplatedLetter): Promise<MadePdf>;
};

type Run = EffectRun<LetterContext, LetterRequest>;

/** Source: letters-broadcasts 3.2. */
const MAX_PAGES = 10;

/**
 * Makes the PDF of a template's letter, and stores it before its pages are told: among the invalid ones where it has too
 * many. Safe to repeat: the same letter is stored again, with the date of its acceptance.
 */
export function renderLetter(parts: RenderLetterParts) {
  return async (_input: object, { context, payload }: Run): Promise<RenderOutcome> => {
    const request = await payload();
    let made: MadePdf;
    try {
      made = await makePdf(parts, context, request);
    } catch (error) {
      return { outcome: 'engine-failed', reason: reasonOf(error) };
    }
    try {
      await keep(parts.store, made, context, request);
    } catch (error) {
      return { outcome: 'store-failed', reason: reasonOf(error) };
    }
    return { outcome: 'rendered', pages: made.pages };
  };
}

async function makePdf(
  { box, directory, makeLetter }: RenderLetterParts,
  { serviceId, createdAt }: LetterContext,
  { templateId, templateVersion, personalisation, recipient, replyToText }: LetterRequest,
): Promise<MadePdf> {
  const template = await directory.template(serviceId, templateId, templateVersion);
  if (template === null) throw new Error(`Template ${templateId} version ${templateVersion} is gone`);
  const values: Values | null = personalisation === null ? null : JSON.parse(box.open(personalisation));
  return makeLetter({
    addressLines: recipient.split('\n'),
    contactBlock: replyToText,
    subject: template.subject ?? '',
    body: template.content,
    values,
    createdAt: new Date(createdAt),
  });
}

function keep(store: ObjectStore, { content, pages }: MadePdf, context: LetterContext, request: LetterRequest) {
  const naming = finalNaming(context, request);
  if (pages <= MAX_PAGES) return store.put(validKey(naming, context.keyType), content);
  const failure = { message: 'letter-too-long', invalidPages: null, pages };
  return store.put(invalidKey(naming), content, failureMetadata(failure));
}
