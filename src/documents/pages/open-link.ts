import type { Response } from 'express';
import type { AccessTickets } from '../access-ticket.ts';
import { type DocumentLink, filePath } from '../document-links.ts';
import { fileTypeByMediaType } from '../file-types.ts';
import type { DocumentReader, OpenedDocument } from '../read-document.ts';
import { notFoundPage, type Sender, unavailablePage } from './pages.ts';

/** What the pages are made from. */
export type PageParts = {
  reader: DocumentReader;
  tickets: AccessTickets;
  /** Null where there is no such service. */
  sender(serviceId: string): Promise<Sender | null>;
  /** Whether browsers reach the pages over https only. */
  isSecure: boolean;
  log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
    error(facts: object, message: string): void;
  };
};

/** A link that leads to a document, with who sent it. */
export type Opened = { link: DocumentLink; sender: Sender; document: OpenedDocument };

/** Null where a link leads nowhere: the response has then been sent. */
export async function openLink(
  { reader, sender: senderOf }: PageParts,
  link: DocumentLink | null,
  response: Response,
): Promise<Opened | null> {
  const sender = link && (await senderOf(link.serviceId));
  if (!link || !sender) {
    sendPage(response, 404, notFoundPage());
    return null;
  }
  const found = await reader.find(link);
  if (found.outcome === 'found') return { link, sender, document: found.document };
  sendPage(response, found.outcome === 'expired' ? 410 : 404, unavailablePage(sender));
  return null;
}

export function sendPage(response: Response, status: number, text: string): void {
  response.status(status).type('html').send(text);
}

/** The path at which a document's file is downloaded, and for which its cookie holds. */
export function fileAddress(link: DocumentLink, { mediaType }: OpenedDocument): string {
  return filePath(link, fileTypeByMediaType(mediaType)?.extension ?? 'bin');
}
