import { cannotUnderstand } from '../../../admin-refusal.ts';
import { passed } from '../../../refusal.ts';
import { storableText } from '../../json.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { nothing } from '../read.ts';
import { organisationJson } from './organisation-json.ts';

/** `GET /organisations` */
export function listOrganisations({ call }: AdminParts): OpenHandler {
  return adminHandler(nothing, () => call('organisations.list', {}), ok);
}

/** `GET /organisations/{organisation_id}` */
export function getOrganisation({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('organisations.get', { id: pathPart(request, 'organisation_id') }),
    (organisation) => ok(organisationJson(organisation)),
  );
}

/** `GET /service/{service_id}/organisation` */
export function getOrganisationOfService({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('organisations.ofService', { serviceId: pathPart(request, 'service_id') }),
    (organisation) => ok(organisation === null ? {} : organisationJson(organisation)),
  );
}

/** `GET /organisations/by-domain` */
export function getOrganisationByDomain({ call }: AdminParts): OpenHandler {
  return adminHandler(
    async ({ query }) => {
      const domain = storableText(query.get('domain') ?? '');
      return domain === '' || domain.includes('@') ? cannotUnderstand() : passed(domain);
    },
    (domain) => call('organisations.getByDomain', { domain }),
    (organisation) => ok(organisationJson(organisation)),
  );
}
