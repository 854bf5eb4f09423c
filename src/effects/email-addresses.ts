import type { NotificationRequest } from '../actors/notification.ts';
import type { EmailBranding } from '../content/email.ts';
import { urlToken } from '../content/url-tokens.ts';
import type { EmailBrandingRecord } from '../db/service-directory.ts';
import type { TemplateRecord } from '../db/template-directory.ts';

/** Hosts and secrets from which an email's addresses are made. */
export type EmailAddresses = {
  /** Domain of every sender address. */
  emailDomain: string;
  adminBaseUrl: string;
  apiBaseUrl: string;
  /** The last signs unsubscribe links. */
  secretKey: readonly string[];
  salt: string;
};

/** Where the recipient can unsubscribe: in the message's text, and in its headers. Source: content 3.8. */
export function unsubscribeUrls(
  { adminBaseUrl, apiBaseUrl, secretKey, salt }: EmailAddresses,
  id: string,
  { oneClickUnsubscribeUrl, normalisedTo }: NotificationRequest,
  { hasUnsubscribeLink }: TemplateRecord,
): { inBody: string | null; inHeader: string | null } {
  if (!hasUnsubscribeLink) return { inBody: null, inHeader: oneClickUnsubscribeUrl };
  const path = `/unsubscribe/${id}/${urlToken(normalisedTo, { secretKey, salt })}`;
  return { inBody: `${adminBaseUrl}${path}`, inHeader: oneClickUnsubscribeUrl ?? `${apiBaseUrl}${path}` };
}

/** A service's brand as the email document wants it. Source: workflows 3.4. */
export function emailBranding({ adminBaseUrl }: EmailAddresses, brand: EmailBrandingRecord | null): EmailBranding {
  if (!brand) return { govukBanner: true };
  return {
    govukBanner: brand.brandType === 'both',
    brandBanner: brand.brandType === 'org_banner',
    brandColour: brand.colour,
    brandText: brand.text,
    brandLogo: brand.logo === null ? null : `https://${logoHost(adminBaseUrl)}/${brand.logo}`,
    brandAltText: brand.text ? null : brand.name,
  };
}

function logoHost(adminBaseUrl: string): string {
  const { hostname } = new URL(adminBaseUrl);
  return `static-logos.${hostname === 'localhost' ? 'notify.tools' : hostname.replace(/^www\./, '')}`;
}
