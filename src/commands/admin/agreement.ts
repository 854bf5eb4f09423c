import { INTERNAL_TEMPLATES } from '../../built-in.ts';
import type { OrganisationChanges } from '../../messages/admin-organisations.ts';
import { getOrganisation } from '../../queries/admin/organisations.ts';
import { readUser } from '../../queries/admin/users.ts';
import type { AdminCommandParts } from './parts.ts';

/** Whoever signs the agreement gets a receipt, and so does the person it is signed for (internal-api 6.7). */
export async function tellSigners(
  parts: AdminCommandParts,
  organisationId: string,
  changes: OrganisationChanges,
  requestId: string,
): Promise<void> {
  const { agreement_signed: isSigned, agreement_signed_by_id: signerId } = changes;
  if (!isSigned || !signerId) return;
  const organisation = await getOrganisation(parts.pool)({ id: organisationId });
  const signer = await readUser(parts.pool, signerId);
  if (organisation.outcome === 'refused' || signer.outcome === 'refused') return;
  const { name, crown, agreement_signed_on_behalf_of_name: onBehalfOf } = organisation.value;
  const { agreement_signed_on_behalf_of_email_address: otherAddress } = organisation.value;
  const personalisation = {
    mou_link: parts.links.page(crown ? '/agreement/crown.pdf' : '/agreement/non-crown.pdf'),
    org_name: name,
    org_dashboard_link: parts.links.page(`/organisations/${organisationId}`),
    signed_by_name: signer.value.name,
    on_behalf_of_name: onBehalfOf ?? '',
  };
  const send = (templateId: string, recipient: string) =>
    parts.send({ templateId, recipient, personalisation, requestId });
  const { email_address: signerAddress } = signer.value;
  if (!otherAddress) {
    await send(INTERNAL_TEMPLATES.agreementSigned, signerAddress);
    return;
  }
  await send(INTERNAL_TEMPLATES.agreementSignedForYou, otherAddress);
  await send(INTERNAL_TEMPLATES.agreementSignedForOther, signerAddress);
}
