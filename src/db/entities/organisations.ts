import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { EmailBranding, LetterBranding } from './branding.ts';
import { createdAt, id, idOf, instant, shortText, updatedAt, varchar } from './columns.ts';
import { User } from './identity.ts';

/** A public body; owner of services, domains and the agreement. */
export const Organisation = defineEntity({
  name: 'Organisation',
  tableName: 'organisation',
  properties: {
    id: id(),
    name: shortText(),
    active: p.boolean().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    emailBrandingId: idOf(EmailBranding, 'email_branding_id').nullable(),
    letterBrandingId: idOf(LetterBranding, 'letter_branding_id').nullable(),
    agreementSigned: p.boolean().nullable(),
    agreementSignedAt: instant().nullable(),
    agreementSignedById: idOf(User, 'agreement_signed_by_id').nullable(),
    agreementSignedVersion: p.double().nullable(),
    crown: p.boolean().nullable(),
    organisationType: shortText().nullable(),
    requestToGoLiveNotes: p.text().nullable(),
    agreementSignedOnBehalfOfEmailAddress: shortText().nullable(),
    agreementSignedOnBehalfOfName: shortText().nullable(),
    billingContactEmailAddresses: p.text().nullable(),
    billingContactNames: p.text().nullable(),
    billingReference: shortText().nullable(),
    notes: p.text().nullable(),
    purchaseOrderNumber: shortText().nullable(),
  },
});
export type Organisation = InferEntity<typeof Organisation>;

/** Email domain of an organisation, lower case. */
export const Domain = defineEntity({
  name: 'Domain',
  tableName: 'domain',
  properties: { domain: shortText().primary(), organisationId: idOf(Organisation, 'organisation_id') },
});

/** Membership of an organisation. */
export const UserToOrganisation = defineEntity({
  name: 'UserToOrganisation',
  tableName: 'user_to_organisation',
  properties: {
    userId: idOf(User, 'user_id').primary(),
    organisationId: idOf(Organisation, 'organisation_id').primary(),
  },
});

/** Invitation to an organisation. Deleted two days after creation. */
export const InvitedOrganisationUser = defineEntity({
  name: 'InvitedOrganisationUser',
  tableName: 'invited_organisation_users',
  properties: {
    id: id(),
    emailAddress: shortText(),
    invitedById: idOf(User, 'invited_by_id'),
    organisationId: idOf(Organisation, 'organisation_id'),
    createdAt: createdAt(),
    status: varchar().$type<'pending' | 'accepted' | 'cancelled'>().default('pending'),
  },
});
