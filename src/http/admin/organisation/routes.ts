import type { AdminParts } from '../handler.ts';
import type { Paths } from '../paths.ts';
import { createOrganisation, linkService, updateOrganisation } from './change-organisations.ts';
import {
  checkOrganisationInvite,
  createOrganisationInvite,
  getOrganisationInvite,
  getOrganisationsInvite,
  listOrganisationInvites,
  updateOrganisationInvite,
} from './organisation-invites.ts';
import {
  addOrganisationMember,
  listOrganisationMembers,
  listOrganisationServices,
  removeOrganisationMember,
} from './organisation-members.ts';
import {
  getOrganisation,
  getOrganisationByDomain,
  getOrganisationOfService,
  listOrganisations,
} from './read-organisations.ts';

/** Organisations, their members and invitations (internal-api 6.7, 6.8). */
export function organisationRoutes(parts: AdminParts): Paths {
  return {
    '/organisations': { GET: listOrganisations(parts), POST: createOrganisation(parts) },
    '/organisations/by-domain': { GET: getOrganisationByDomain(parts) },
    '/organisations/{organisation_id}': { GET: getOrganisation(parts), POST: updateOrganisation(parts) },
    '/service/{service_id}/organisation': { GET: getOrganisationOfService(parts) },
    '/organisations/{organisation_id}/service': { POST: linkService(parts) },
    '/organisations/{organisation_id}/services': { GET: listOrganisationServices(parts) },
    '/organisations/{organisation_id}/users': { GET: listOrganisationMembers(parts) },
    '/organisations/{organisation_id}/users/{user_id}': {
      POST: addOrganisationMember(parts),
      DELETE: removeOrganisationMember(parts),
    },
    '/organisation/{organisation_id}/invite': {
      GET: listOrganisationInvites(parts),
      POST: createOrganisationInvite(parts),
    },
    '/organisation/{organisation_id}/invite/{any:invited_org_user_id}': {
      GET: getOrganisationsInvite(parts),
      POST: updateOrganisationInvite(parts),
    },
    '/invite/organisation/check/{any:token}': { GET: checkOrganisationInvite(parts) },
    '/invite/organisation/{invited_org_user_id}': { GET: getOrganisationInvite(parts) },
    '/invite/organisation/{any:token}': { GET: checkOrganisationInvite(parts) },
  };
}
