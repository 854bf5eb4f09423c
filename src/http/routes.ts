import { notFoundAnswer } from './error-response.ts';
import { getOpenApi } from './get-openapi.ts';
import { type BuildFacts, getLiveCounts, getStatus } from './get-status.ts';
import { postInboundFiretext } from './receipts/inbound-firetext.ts';
import { postInboundMmg } from './receipts/inbound-mmg.ts';
import type { InboundCredentials } from './receipts/inbound-route.ts';
import { postFiretext } from './receipts/post-firetext.ts';
import { type LetterStatusParts, postLetterStatus } from './receipts/post-letter-status.ts';
import { postMmg } from './receipts/post-mmg.ts';
import { postReach } from './receipts/post-reach.ts';
import { postSes, type SesParts } from './receipts/post-ses.ts';
import type { BasicCredentials } from './receipts/receipt-route.ts';
import type { OpenHandler, Route, ServiceHandler } from './route.ts';
import { postUnsubscribe, UNSUBSCRIBE_LOGGED_PATH, UNSUBSCRIBE_PATH } from './unsubscribe/post-unsubscribe.ts';
import { legacyRoutes } from './v1/routes.ts';
import { getLetterPdf } from './v2/get-letter-pdf.ts';
import { getNotification } from './v2/get-notification.ts';
import { getTemplate } from './v2/get-template.ts';
import { listNotifications } from './v2/list-notifications.ts';
import { listReceivedTexts } from './v2/list-received-texts.ts';
import { listTemplates } from './v2/list-templates.ts';
import { postEmail } from './v2/post-email.ts';
import { postLetter } from './v2/post-letter.ts';
import { postSms } from './v2/post-sms.ts';
import { previewTemplate } from './v2/preview-template.ts';
import type { SendParts } from './v2/send-notification.ts';

export type RouteParts = SendParts &
  Pick<LetterStatusParts, 'letterOf'> & {
    sns: Pick<SesParts, 'verify' | 'confirmSubscription'>;
    /** Null where receipts are taken without authentication. */
    receiptCredentials: { mmg: BasicCredentials | null; firetext: BasicCredentials | null };
    inboundCredentials: { mmg: InboundCredentials; firetext: InboundCredentials };
    /** Whether Reach, which never went live, may send receipts. */
    takesReachReceipts: boolean;
    /** Whether the routes of 2022 are there. */
    hasLegacyRoutes: boolean;
    build: BuildFacts;
  };

/** Every route, the busiest first (public-api 8.1). A path has one entry, whatever its methods. */
export function apiRoutes(parts: RouteParts): Route[] {
  return [
    ...sendRoutes(parts),
    ...receiptRoutes(parts),
    ...readRoutes(parts),
    ...inboundRoutes(parts),
    ...statusRoutes(parts),
    ...(parts.hasLegacyRoutes ? legacyRoutes(parts) : []),
  ];
}

function sendRoutes(parts: RouteParts): Route[] {
  const GET = getNotification(parts);
  return [
    v2('/v2/notifications/sms', { POST: postSms(parts), GET }),
    v2('/v2/notifications/letter', { POST: postLetter(parts), GET }),
    v2('/v2/notifications/email', { POST: postEmail(parts), GET }),
  ];
}

function receiptRoutes(parts: RouteParts): Route[] {
  const { call, log, sns, receiptCredentials, takesReachReceipts } = parts;
  const mmg = postMmg({ call, credentials: receiptCredentials.mmg });
  const firetext = postFiretext({ call, credentials: receiptCredentials.firetext });
  return [
    open('/notifications/sms/mmg', { POST: mmg }),
    open('/notifications/sms/firetext', { POST: firetext }),
    open('/notifications/letter/status', { POST: postLetterStatus(parts) }),
    open('/notifications/email/ses', { POST: postSes({ call, log, ...sns }) }),
    ...(takesReachReceipts ? [open('/notifications/sms/reach', { POST: postReach({ call, credentials: null }) })] : []),
  ];
}

function inboundRoutes(parts: RouteParts): Route[] {
  const { call, inboundCredentials } = parts;
  const mmg = postInboundMmg({ call, credentials: inboundCredentials.mmg });
  const firetext = postInboundFiretext({ call, credentials: inboundCredentials.firetext });
  return [
    open('/notifications/sms/receive/mmg', { POST: mmg }),
    open('/notifications/sms/receive/firetext', { POST: firetext }),
    v2('/v2/received-text-messages', { GET: listReceivedTexts(parts) }),
    { ...open(UNSUBSCRIBE_PATH, { POST: postUnsubscribe(parts) }), loggedPath: UNSUBSCRIBE_LOGGED_PATH },
  ];
}

function readRoutes(parts: RouteParts): Route[] {
  return [
    v2('/v2/notifications', { GET: listNotifications(parts) }),
    v2('/v2/notifications/:notification_id', { GET: getNotification(parts), POST: unknownNotificationType }),
    v2('/v2/notifications/:notification_id/pdf', { GET: getLetterPdf(parts) }),
    v2('/v2/template/:id', { GET: getTemplate(parts) }),
    v2(/^\/v2\/template\/([^/]+)\/version\/([0-9]+)$/, { GET: getTemplate(parts) }),
    v2('/v2/template/:id/preview', { POST: previewTemplate(parts) }),
    v2('/v2/templates', { GET: listTemplates(parts) }),
  ];
}

function statusRoutes(parts: RouteParts): Route[] {
  const status = getStatus(parts);
  return [
    open('/', { GET: status }),
    open('/_status', { GET: status, POST: status }),
    open('/_status/live-service-and-organisation-counts', { GET: getLiveCounts(parts) }),
    open('/openapi.json', { GET: getOpenApi }),
  ];
}

/** `POST /v2/notifications/{other}`: the path pattern exists, so authentication comes first (public-api 3.4). */
const unknownNotificationType: ServiceHandler = () => notFoundAnswer();

function v2(path: string | RegExp, methods: Partial<Record<'GET' | 'POST', ServiceHandler>>): Route {
  return { path, methods, access: 'service', errors: 'v2' };
}

function open(path: string | RegExp, methods: Partial<Record<'GET' | 'POST', OpenHandler>>): Route {
  return { path, methods, access: 'open', errors: 'plain' };
}
