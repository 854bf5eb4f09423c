import { parsePhoneNumber } from '../../../content/phone-number.ts';
import type { AdminTemplateView } from '../../../messages/admin-templates.ts';
import { offsetTime, orNull } from '../times.ts';

/** A Template (internal-api 4). A text's sender that is a phone number appears normalised. */
export function templateJson(template: AdminTemplateView): object {
  const { template_type, reply_to_text: sender } = template;
  const number = template_type === 'sms' && sender !== null ? parsePhoneNumber(sender) : null;
  return {
    ...template,
    reply_to_text: number?.ok ? number.normalised : sender,
    created_at: offsetTime(template.created_at),
    updated_at: orNull(offsetTime)(template.updated_at),
  };
}
