import type { Request, Response } from 'express';
import { parseEmailAddress } from '../../content/email-address.ts';
import { ACCESS_COOKIE } from '../access-ticket.ts';
import { pagePath, parsePageLink } from '../document-links.ts';
import { ATTEMPTS_WITHIN_MS } from '../read-document.ts';
import { fileAddress, type Opened, openLink, type PageParts, sendPage } from './open-link.ts';
import { confirmPage, downloadPage, landingPage, tooManyAttemptsPage } from './pages.ts';

/** What follows the first page's path. */
export const CONFIRM = '/confirm-email-address';
export const DOWNLOAD = '/download';

const OTHER_ADDRESS = 'The file was sent to another email address. Enter the one that got the link';
const NO_ADDRESS = 'Enter your email address';
const NOT_AN_ADDRESS = 'Enter an email address in the correct format, like name@example.com';

type Show = (opened: Opened, body: unknown, response: Response) => void | Promise<void>;

/** Finds the document of a page's address, or says why there is none. */
export function onPage(parts: PageParts, show: Show) {
  return async (request: Request<{ service: string; document: string }>, response: Response): Promise<void> => {
    const { service, document } = request.params;
    const opened = await openLink(parts, parsePageLink(service, document, request.query['key']), response);
    if (opened) await show(opened, request.body, response);
  };
}

export const showLanding: Show = ({ link, sender, document }, _body, response) => {
  const next = document.recipientHash === null ? DOWNLOAD : CONFIRM;
  sendPage(response, 200, landingPage(sender, pagePath(link, next)));
};

export const showConfirm: Show = ({ link, sender, document }, _body, response) => {
  if (document.recipientHash === null) response.redirect(302, pagePath(link, DOWNLOAD));
  else sendPage(response, 200, confirmPage(sender, null));
};

export const showDownload: Show = ({ link, sender, document }, _body, response) => {
  const path = `${fileAddress(link, document)}?key=${link.key.toString('base64url')}`;
  sendPage(response, 200, downloadPage(sender, document, path));
};

/** A right address leaves a cookie for the file's own path, and goes on to the download page. */
export function takeAddress({ reader, tickets, isSecure, log }: PageParts): Show {
  return async ({ link, sender, document }, body, response) => {
    if (document.recipientHash === null) return response.redirect(303, pagePath(link, DOWNLOAD));
    const typed = typedAddress(body);
    const address = parseEmailAddress(typed);
    if (!address.ok) {
      const problem = typed.trim() === '' ? NO_ADDRESS : NOT_AN_ADDRESS;
      return sendPage(response, 400, confirmPage(sender, problem, typed));
    }
    const outcome = await reader.confirm(link, document, address.normalised);
    const facts = { service_id: link.serviceId, document_id: link.documentId };
    log.info({ ...facts, outcome }, 'An email address was entered for a document');
    if (outcome === 'too-many-attempts') {
      response.set('Retry-After', String(ATTEMPTS_WITHIN_MS / 1000));
      return sendPage(response, 429, tooManyAttemptsPage(pagePath(link, CONFIRM)));
    }
    if (outcome === 'other-address') return sendPage(response, 400, confirmPage(sender, OTHER_ADDRESS, typed));
    response.cookie(ACCESS_COOKIE, tickets.issue(link), {
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure,
      path: fileAddress(link, document),
    });
    response.redirect(303, pagePath(link, DOWNLOAD));
  };
}

function typedAddress(body: unknown): string {
  const value = typeof body === 'object' && body !== null && 'email_address' in body ? body.email_address : '';
  return typeof value === 'string' ? value : '';
}
