import { escapeMarkup } from './text/html-escape.ts';

const CROWN = 'https://static.notifications.service.gov.uk/images/govuk-logotype-tudor-crown.png';
const DEFAULT_BANNER_COLOUR = '#0b0c0c';
/** Pixels: beside or above text, and alone. */
const LOGO_HEIGHT = { withText: 27, alone: 54 } as const;

/** What a service's emails carry above their text (content 3.9). */
export type EmailBranding = {
  /** The GOV.UK banner. Default true. */
  govukBanner?: boolean;
  /** The organisation's logo and text on a band of colour, instead of beside a line of it. Default false. */
  brandBanner?: boolean;
  /** A URL. */
  brandLogo?: string | null;
  brandText?: string | null;
  /** A CSS colour. */
  brandColour?: string | null;
  /** Says what the logo shows; used only when there is no `brandText`. */
  brandAltText?: string | null;
};

export type EmailDocumentInput = {
  /** HTML. */
  title: string;
  preheader: string;
  body: string;
  branding: EmailBranding;
  /** False leaves out everything around what a mail client shows. Default true. */
  isComplete?: boolean;
};

function attribute(text: string): string {
  return escapeMarkup(text).replaceAll('"', '&quot;');
}

function fullWidthTable(className: string, cell: string, content: string): string {
  return (
    `<table role="presentation"${className} width="100%" style="border-collapse: collapse;min-width: 100%;` +
    `width: 100% !important;" cellpadding="0" cellspacing="0" border="0"><tr><td width="100%" ${cell}>` +
    `${content}</td></tr></table>`
  );
}

/** A table of at most 580 pixels, in the middle; Outlook knows no maximum width and gets a table around it. */
function centredTable(rows: string): string {
  return (
    '<!--[if (gte mso 9)|(IE)]><table role="presentation" width="580" align="center" cellpadding="0" cellspacing="0" ' +
    'border="0" style="border-collapse: collapse;width: 580px;"><tr><td><![endif]-->' +
    '<table role="presentation" width="100%" align="center" cellpadding="0" cellspacing="0" border="0" ' +
    `style="border-collapse: collapse;max-width: 580px; width: 100% !important;">${rows}</table>` +
    '<!--[if (gte mso 9)|(IE)]></td></tr></table><![endif]-->'
  );
}

function govukBanner(): string {
  const link =
    '<a href="https://www.gov.uk" title="Go to the GOV.UK homepage" style="text-decoration: none;">' +
    `<img src="${CROWN}" alt="" height="32" border="0" style="display: inline-block; vertical-align: middle;">` +
    '<span style="font-family: Helvetica, Arial, sans-serif; font-size: 28px; line-height: 32px; font-weight: bold; ' +
    'color: #ffffff; vertical-align: middle;">GOV<span style="color: #00ffe0;">.</span>UK</span></a>';
  const row = `<tr><td width="10" height="60" valign="middle"></td><td height="60" valign="middle">${link}</td></tr>`;
  return fullWidthTable(' class="brand__banner"', 'height="60" bgcolor="#1d70b8"', centredTable(row));
}

function logoImage({ brandLogo, brandText, brandAltText }: EmailBranding): string {
  if (!brandLogo) return '';
  const height = brandText ? LOGO_HEIGHT.withText : LOGO_HEIGHT.alone;
  const description = brandText ? 'alt="" aria-hidden="true"' : `alt="${attribute(brandAltText ?? '')}"`;
  return `<img src="${attribute(brandLogo)}" ${description} height="${height}" style="display: block; border: 0" border="0">`;
}

function brandBanner(branding: EmailBranding): string {
  const logo = logoImage(branding);
  const logoCell =
    logo === '' ? '' : `<td width="70" height="53" valign="middle" style="padding: 0 10px;">${logo}</td>`;
  const textCell = branding.brandText
    ? '<td height="53" valign="middle" style="font-family: Helvetica, Arial, sans-serif; font-size: 19px; ' +
      `line-height: 25px; font-weight: bold; color: #ffffff; padding: 0 10px;">${escapeMarkup(branding.brandText)}</td>`
    : '';
  const colour = attribute(branding.brandColour || DEFAULT_BANNER_COLOUR);
  return fullWidthTable('', `height="53" bgcolor="${colour}"`, centredTable(`<tr>${logoCell}${textCell}</tr>`));
}

function brandBlock(branding: EmailBranding): string {
  const border = branding.brandColour ? `border-left: solid 2px ${attribute(branding.brandColour)}; ` : '';
  const text = branding.brandText
    ? '<span style="font-family: Helvetica, Arial, sans-serif; font-size: 18px; line-height: 23px; color: #0b0c0c; ' +
      `display: block; padding-top: 5px;">${escapeMarkup(branding.brandText)}</span>`
    : '';
  return centredTable(
    '<tr><td height="20" colspan="2"></td></tr><tr><td width="10"></td>' +
      `<td style="${border}padding-left: 8px;">${logoImage(branding)}${text}</td></tr>`,
  );
}

function content(body: string): string {
  return centredTable(
    '<tr><td height="30" colspan="3"></td></tr><tr><td width="10" valign="middle"></td>' +
      '<td style="font-family: Helvetica, Arial, sans-serif; font-size: 19px; line-height: 1.315789474; ' +
      `max-width: 560px;">${body}</td><td width="10" valign="middle"></td></tr>` +
      '<tr><td height="30" colspan="3"></td></tr>',
  );
}

function head(title: string): string {
  return (
    '<!DOCTYPE html>\n<html lang="en"><head>' +
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">' +
    '<meta name="format-detection" content="telephone=no">' +
    '<meta name="viewport" content="width=device-width">' +
    `<title>${title}</title>` +
    '<style type="text/css">@media only print { .brand__banner { display: none; } } body { margin: 0 !important; }</style>' +
    '<!--[if (gte mso 9)|(IE)]><style type="text/css">table { border-collapse: collapse; }</style><![endif]-->' +
    '</head><body style="font-family: Helvetica, Arial, sans-serif;font-size: 16px;margin: 0;color:#0b0c0c;">'
  );
}

/** The whole HTML part of an email: preheader, banners and body (content 3.9). */
export function emailDocument({ title, preheader, body, branding, isComplete = true }: EmailDocumentInput): string {
  const parts = [
    '<span style="display: none;font-size: 1px;color: #fff; max-height: 0;" hidden>',
    `${preheader}…</span>`,
    (branding.govukBanner ?? true) ? govukBanner() : '',
    branding.brandBanner ? brandBanner(branding) : '',
    branding.brandLogo && !branding.brandBanner ? brandBlock(branding) : '',
    content(body),
  ].join('');
  return isComplete ? `${head(title)}${parts}</body></html>` : parts;
}
