import { type Html, html } from '../../console/html.ts';
import { fileSizeText } from '../../content/file-size.ts';
import { fileTypeByMediaType } from '../file-types.ts';
import type { OpenedDocument } from '../read-document.ts';
import { page } from './page.ts';

/** What recipients are told of the service that sent a file. */
export type Sender = {
  name: string;
  /** A web address, an email address or a telephone number. */
  contactLink: string | null;
};

/** Where an email's link leads. Nothing is opened yet: mail scanners follow links. */
export function landingPage(sender: Sender, continuePath: string): string {
  const title = 'You have a file to download';
  const body = html`<h1>${title}</h1>
<p>${sender.name} has sent you a file.</p>
<p><a class="button" href="${continuePath}">Continue</a></p>
${contact(sender)}`;
  return page(title, body);
}

export function confirmPage(sender: Sender, problem: string | null, typed = ''): string {
  const title = 'Confirm your email address';
  const body = html`${problem === null ? null : summary(problem)}
<h1>${title}</h1>
<p>To keep the file safe, tell us the email address that ${sender.name} sent it to.</p>
<form method="post" novalidate>
<div${problem === null ? null : html` class="wrong"`}>
<label for="email_address">Email address</label>
${problem === null ? null : html`<p class="problem" id="problem"><span class="hidden">Error:</span> ${problem}</p>`}
<input id="email_address" name="email_address" type="email" autocomplete="email" spellcheck="false" value="${typed}"${problem === null ? null : html` aria-describedby="problem" aria-invalid="true"`}>
</div>
<button class="button">Continue</button>
</form>
${contact(sender)}`;
  return page(title, body, problem !== null);
}

export function downloadPage(sender: Sender, document: OpenedDocument, path: string): string {
  const title = 'Download your file';
  const { mediaType, sizeBytes, availableUntil } = document;
  const type = fileTypeByMediaType(mediaType)?.description ?? 'file';
  const body = html`<h1>${title}</h1>
<p>You can download this file until ${dayText(availableUntil)}. Save it where you can find it again.</p>
<p><a href="${path}" download rel="noreferrer">Download this ${type} (${fileSizeText(sizeBytes)}) to your device</a></p>
${contact(sender)}`;
  return page(title, body);
}

/** For files that have expired, were deleted, or never were: a link does not tell which. */
export function unavailablePage(sender: Sender): string {
  const title = 'No longer available';
  return page(title, html`<h1>${title}</h1>\n<p>This file has expired or has been deleted.</p>\n${contact(sender)}`);
}

export function tooManyAttemptsPage(confirmPath: string): string {
  const title = 'You cannot open this file yet';
  const body = html`<h1>${title}</h1>
<p>Somebody has tried to open it too many times in the last few minutes. Wait five minutes and try again.</p>
<p><a href="${confirmPath}">Confirm your email address</a></p>`;
  return page(title, body);
}

export function notFoundPage(): string {
  const title = 'Page not found';
  const body = html`<h1>${title}</h1>
<p>If you typed the web address, check that it is correct.</p>
<p>If you pasted it, check that you copied all of it.</p>`;
  return page(title, body);
}

export function failurePage(): string {
  const title = 'Sorry, there is a problem';
  return page(title, html`<h1>${title}</h1>\n<p>Try again in a few minutes.</p>`);
}

function summary(problem: string): Html {
  return html`<div class="summary" role="alert" tabindex="-1" autofocus aria-labelledby="summary">
<h2 id="summary">There is a problem</h2>
<p><a href="#email_address">${problem}</a></p>
</div>`;
}

function contact({ name, contactLink }: Sender): Html | null {
  if (contactLink === null) return null;
  if (/^https?:\/\//i.test(contactLink)) {
    return html`<p>If you have any questions, <a href="${contactLink}" rel="noreferrer">contact ${name}</a>.</p>`;
  }
  if (contactLink.includes('@')) {
    return html`<p>If you have any questions, email <a href="mailto:${contactLink}">${contactLink}</a>.</p>`;
  }
  return html`<p>If you have any questions, call ${contactLink}.</p>`;
}

/** `2 March 2027`, of a day as `2027-03-02`. */
function dayText(day: string): string {
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', format);
}
