import type { Call } from '../../messages.ts';
import { type Checked, passed } from '../../refusal.ts';
import { parseUuid } from '../../validation/uuid.ts';
import { refusalAnswer } from '../error-response.ts';
import { isFields } from '../fields.ts';
import { checkDocument, readOptionalJson } from '../json-document.ts';
import type { HttpRequest } from '../request.ts';
import { ok, type ServiceHandler } from '../route.ts';
import { type PreviewDocument, validatePreview } from '../schemas/templates.ts';

/** `POST /v2/template/{template_id}/preview` (public-api 2.9). Answers 200. */
export function previewTemplate({ call }: { call: Call }): ServiceHandler {
  return async (request, { service }) => {
    const read = await readDocument(request);
    if (read.outcome === 'refused') return refusalAnswer(read);
    const checked = checkDocument<PreviewDocument>(read.value, validatePreview);
    if (checked.outcome === 'refused') return refusalAnswer(checked);
    const { id, personalisation = null } = checked.value;
    const previewed = await call('templates.preview', {
      serviceId: service.id,
      id: parseUuid(id) ?? id,
      personalisation,
    });
    if (previewed.outcome === 'refused') return refusalAnswer(previewed);
    const { outcome: _, ...preview } = previewed;
    return ok(preview);
  };
}

/** The body, which may be empty, with the path's id in it. */
async function readDocument(request: HttpRequest): Promise<Checked<unknown>> {
  const read = await readOptionalJson(request);
  if (read.outcome === 'refused' || !isFields(read.value)) return read;
  return passed({ ...read.value, id: request.params['id'] });
}
