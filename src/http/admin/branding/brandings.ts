import { BRAND_TYPES, type EmailBrandingChanges, type LetterBrandingFields } from '../../../messages/admin-branding.ts';
import { compileSchema } from '../../../validation/schema.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { createdAnswer, dataAnswer } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import type { Paths } from '../paths.ts';
import { document, nothing } from '../read.ts';

const optionalText = { type: ['string', 'null'], maxLength: 255 };
const EMAIL = {
  name: { type: 'string', maxLength: 255 },
  text: optionalText,
  colour: { type: ['string', 'null'], maxLength: 7 },
  logo: optionalText,
  brand_type: { enum: BRAND_TYPES },
};
const newEmailBranding = compileSchema({ type: 'object', properties: EMAIL, required: ['name'] });
const emailBrandingChanges = compileSchema({ type: 'object', properties: { ...EMAIL, name: optionalText } });

const text = { type: 'string', maxLength: 255 };
const letterBranding = compileSchema({
  type: 'object',
  properties: { name: text, filename: text },
  required: ['name', 'filename'],
});

/** Logos and their texts (internal-api 6.19). */
export function brandingRoutes(parts: AdminParts): Paths {
  return {
    '/email-branding': { GET: listEmailBrandings(parts), POST: createEmailBranding(parts) },
    '/email-branding/{branding_id}': { GET: getEmailBranding(parts), POST: updateEmailBranding(parts) },
    '/letter-branding': { GET: listLetterBrandings(parts), POST: createLetterBranding(parts) },
    '/letter-branding/{branding_id}': { GET: getLetterBranding(parts), POST: updateLetterBranding(parts) },
  };
}

function listEmailBrandings({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    () => call('emailBrandings.list', {}),
    (brandings) => ok({ email_branding: brandings }),
  );
}

function getEmailBranding({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('emailBrandings.get', { id: pathPart(request, 'branding_id') }),
    (branding) => ok({ email_branding: branding }),
  );
}

function createEmailBranding({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<EmailBrandingChanges & { name: string }>(newEmailBranding),
    (branding) => call('emailBrandings.create', branding),
    createdAnswer,
  );
}

function updateEmailBranding({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<EmailBrandingChanges>(emailBrandingChanges),
    (changes, request) => call('emailBrandings.update', { id: pathPart(request, 'branding_id'), changes }),
    dataAnswer,
  );
}

function listLetterBrandings({ call }: AdminParts): OpenHandler {
  return adminHandler(nothing, () => call('letterBrandings.list', {}), ok);
}

function getLetterBranding({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('letterBrandings.get', { id: pathPart(request, 'branding_id') }),
    ok,
  );
}

function createLetterBranding({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<LetterBrandingFields>(letterBranding),
    (branding) => call('letterBrandings.create', branding),
    (branding) => ({ status: 201, body: branding }),
  );
}

/** A changed one is answered with 201 as well. */
function updateLetterBranding({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<LetterBrandingFields>(letterBranding),
    (changes, request) => call('letterBrandings.update', { id: pathPart(request, 'branding_id'), changes }),
    (branding) => ({ status: 201, body: branding }),
  );
}
