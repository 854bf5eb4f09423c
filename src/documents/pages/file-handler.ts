import type { Request, Response } from 'express';
import { parseUuid } from '../../validation/uuid.ts';
import { type DocumentLink, pagePath, parseDocumentKey } from '../document-links.ts';
import { extensionOf, fileTypeByExtension, fileTypeByMediaType } from '../file-types.ts';
import type { OpenedDocument } from '../read-document.ts';
import { openLink, type PageParts, sendPage } from './open-link.ts';
import { unavailablePage } from './pages.ts';

/** The file, for those who may have it; others are sent to where they confirm their address. */
export function onFile(parts: PageParts) {
  return async (request: Request<{ service: string; file: string }>, response: Response): Promise<void> => {
    const opened = await openLink(parts, fileLink(request), response);
    if (!opened) return;
    const { link, document, sender } = opened;
    const facts = { service_id: link.serviceId, document_id: link.documentId };
    if (document.recipientHash !== null && !parts.tickets.isIn(request.headers.cookie, link)) {
      parts.log.warn(facts, 'A document was asked for without a confirmed address');
      return response.redirect(302, pagePath(link));
    }
    const file = await parts.reader.file(link);
    if (file === null) {
      parts.log.error(facts, 'The file of a document is missing or damaged');
      return sendPage(response, 404, unavailablePage(sender));
    }
    parts.log.info(facts, 'Document downloaded');
    sendFile(response, link.documentId, document, file);
  };
}

/** With and without an extension: which one is of no account. */
function fileLink({ params, query }: Request<{ service: string; file: string }>): DocumentLink | null {
  const serviceId = parseUuid(params.service);
  const documentId = parseUuid(params.file.split('.', 1)[0] ?? '');
  const key = parseDocumentKey(query['key']);
  return serviceId && documentId && key ? { serviceId, documentId, key } : null;
}

/** It may open in the browser, except where it would show as raw text. */
function sendFile(response: Response, id: string, { filename, mediaType }: OpenedDocument, file: Buffer): void {
  const named = filename === null ? null : fileTypeByExtension(extensionOf(filename));
  const type = named ?? fileTypeByMediaType(mediaType);
  response.attachment(filename ?? `${id}.${type?.extension ?? 'bin'}`);
  if (!type?.isAlwaysSaved) {
    const disposition = String(response.getHeader('Content-Disposition'));
    response.setHeader('Content-Disposition', disposition.replace(/^attachment/, 'inline'));
  }
  response.setHeader('Content-Type', mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType);
  // A policy that forbids everything would also keep some browsers from showing a PDF.
  response.setHeader('Content-Security-Policy', "frame-ancestors 'none'");
  response.status(200).end(file);
}
