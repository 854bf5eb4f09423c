import { type AdminRefused, plainRefusal } from '../../../admin-refusal.ts';
import type { AdminActions } from '../../../messages/admin.ts';
import { ORGANISATION_TYPES, type OrganisationChanges } from '../../../messages/admin-organisations.ts';
import { type Checked, invalid, passed } from '../../../refusal.ts';
import { compileSchema, type ObjectSchema, type PropertySchema, type Validate } from '../../../validation/schema.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { uuid } from '../../schemas/properties.ts';
import { noContent } from '../answers.ts';
import { nullable, time } from '../field-types.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { document } from '../read.ts';
import { organisationJson } from './organisation-json.ts';

type Body = { agreement_signed_at?: string | null; active?: boolean | null };
type NewOrganisation = AdminActions['organisations.create']['params'];

const text: PropertySchema = { type: ['string', 'null'] };
const shortText: PropertySchema = { type: ['string', 'null'], maxLength: 255 };
const id: PropertySchema = { type: ['string', 'null'], format: 'uuid', failureText: 'is not a valid UUID' };

const PROPERTIES = {
  name: { type: 'string', maxLength: 255 },
  active: { type: ['boolean', 'null'] },
  crown: { type: ['boolean', 'null'] },
  organisation_type: { enum: ORGANISATION_TYPES },
  domains: { type: 'array', items: { type: 'string', maxLength: 255 } },
  agreement_signed: { type: ['boolean', 'null'] },
  agreement_signed_at: text,
  agreement_signed_by_id: id,
  agreement_signed_version: { type: ['number', 'null'] },
  agreement_signed_on_behalf_of_name: shortText,
  agreement_signed_on_behalf_of_email_address: shortText,
  email_branding_id: id,
  letter_branding_id: id,
  request_to_go_live_notes: text,
  notes: text,
  purchase_order_number: shortText,
  billing_contact_names: text,
  billing_contact_email_addresses: text,
  billing_reference: shortText,
} as const satisfies ObjectSchema['properties'];

const NEW = compileSchema({
  type: 'object',
  properties: { ...PROPERTIES, crown: { type: 'boolean' } },
  required: ['name', 'crown', 'organisation_type'],
});
const CHANGES = compileSchema({ type: 'object', properties: PROPERTIES });
const LINK = compileSchema({ type: 'object', properties: { service_id: uuid }, required: ['service_id'] });

/** `POST /organisations` */
export function createOrganisation({ call }: AdminParts): OpenHandler {
  return adminHandler(
    readNew,
    (asked) => call('organisations.create', asked),
    (created) => ({ status: 201, body: organisationJson(created) }),
  );
}

/** `POST /organisations/{organisation_id}` */
export function updateOrganisation({ call }: AdminParts): OpenHandler {
  return adminHandler(
    organisation<OrganisationChanges>(CHANGES),
    (changes, request) => {
      const { traceId: requestId } = request.trace;
      return call('organisations.update', { id: pathPart(request, 'organisation_id'), changes, requestId });
    },
    noContent,
  );
}

/** `POST /organisations/{organisation_id}/service` */
export function linkService({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ service_id: string }>(LINK, ['service_id']),
    ({ service_id: serviceId }, request) =>
      call('organisations.linkService', { id: pathPart(request, 'organisation_id'), serviceId }),
    noContent,
  );
}

const IDS = ['agreement_signed_by_id', 'email_branding_id', 'letter_branding_id'];
const NO_TIME =
  'agreement_signed_at datetime format is invalid. It must be a valid ISO8601 date time format, https://en.wikipedia.org/wiki/ISO_8601';

/** What the schema lets through, with its time as milliseconds. */
function organisation<Document extends OrganisationChanges>(validate: Validate) {
  const read = document<Omit<Document, 'agreement_signed_at' | 'active'> & Body>(validate, IDS);
  return async (request: HttpRequest): Promise<Checked<Document> | AdminRefused> => {
    const body = await read(request);
    if (body.outcome === 'refused') return body;
    const { agreement_signed_at: signedAt, active, ...same } = body.value;
    const at = signedAt === undefined ? undefined : readTime(signedAt);
    if (at?.ok === false) return invalid([NO_TIME]);
    return passed({
      ...same,
      ...(at !== undefined && { agreement_signed_at: at.value }),
      ...(typeof active === 'boolean' && { active }),
    } as Document);
  };
}

/** Bodies are rows in the original, where an unknown column fails: here it is refused. Domains are another table's. */
async function readNew(request: HttpRequest): Promise<Checked<NewOrganisation> | AdminRefused> {
  const body = await organisation<NewOrganisation>(NEW)(request);
  if (body.outcome === 'refused') return body;
  const unknown = Object.keys(body.value).find((name) => name === 'domains' || !Object.hasOwn(PROPERTIES, name));
  return unknown === undefined ? body : plainRefusal(400, `Unknown field name ${unknown}`);
}

const readTime = nullable(time);
