import { parsePhoneNumber } from '../../../content/phone-number.ts';
import type { AdminTemplateView, TemplateVersionView } from '../../../messages/admin-templates.ts';
import { offsetTime, orNull, spacedTime } from '../times.ts';

/** A Template (internal-api 4). */
export function templateJson(template: AdminTemplateView): object {
  return {
    ...template,
    reply_to_text: senderText(template),
    created_at: offsetTime(template.created_at),
    updated_at: orNull(offsetTime)(template.updated_at),
  };
}

/** A TemplateVersion (internal-api 4). */
export function templateVersionJson(version: TemplateVersionView): object {
  return {
    ...version,
    reply_to_text: senderText(version),
    created_at: spacedTime(version.created_at),
    updated_at: orNull(offsetTime)(version.updated_at),
    broadcast_messages: [],
  };
}

/** A text's sender that is a phone number appears normalised. */
function senderText({ template_type, reply_to_text: sender }: AdminTemplateView | TemplateVersionView): string | null {
  const number = template_type === 'sms' && sender !== null ? parsePhoneNumber(sender) : null;
  return number?.ok ? number.normalised : sender;
}
