import type { Call, ReceivedTextView } from '../../messages.ts';
import { parseUuid } from '../../validation/uuid.ts';
import { wireTime } from '../../wire-time.ts';
import { refusalAnswer } from '../error-response.ts';
import { checkDocument } from '../json-document.ts';
import { readQuery } from '../query.ts';
import { ok, type ServiceHandler } from '../route.ts';
import { type ListReceivedTextsQuery, validateListReceivedTexts } from '../schemas/list-received-texts.ts';

/** `GET /v2/received-text-messages` (public-api 2.10). */
export function listReceivedTexts({ call }: { call: Call }): ServiceHandler {
  return async ({ query, root }, { service }) => {
    const checked = checkDocument<ListReceivedTextsQuery>(readQuery(query), validateListReceivedTexts);
    if (checked.outcome === 'refused') return refusalAnswer(checked);
    const { older_than } = checked.value;
    const olderThan = older_than === undefined ? null : parseUuid(older_than);
    const { texts } = await call('inbound.listTexts', { serviceId: service.id, olderThan });
    return ok({
      received_text_messages: texts.map(textJson),
      links: pageLinks(`${root}v2/received-text-messages`, texts),
    });
  };
}

function textJson({ id, createdAt, serviceId, notifyNumber, userNumber, content }: ReceivedTextView): object {
  return {
    id,
    created_at: wireTime(createdAt),
    service_id: serviceId,
    notify_number: notifyNumber,
    user_number: userNumber,
    content,
  };
}

/** `current` never says where the page begins; `next` is there whenever the page holds anything. */
function pageLinks(url: string, page: readonly ReceivedTextView[]): object {
  const last = page.at(-1);
  return last === undefined ? { current: url } : { current: url, next: `${url}?older_than=${last.id}` };
}
