import { type AdminRefused, cannotUnderstand } from '../../../admin-refusal.ts';
import type { Checked } from '../../../refusal.ts';
import { isFields } from '../../fields.ts';
import { readOptionalJson } from '../../json-document.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { noContent } from '../answers.ts';
import { anyText, emailAddress, nullable } from '../field-types.ts';
import { findUser, foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { checkFields, fields, optional, required } from '../read.ts';

const baseUrl = optional(nullable(anyText));

/** `POST /user/{user_id}/email-verification` */
export function sendEmailVerification({ call }: AdminParts): OpenHandler {
  return adminHandler(
    readBase,
    ({ admin_base_url: adminBaseUrl = null }, request) => {
      const { traceId: requestId } = request.trace;
      return call('users.sendEmailVerification', { userId: pathPart(request, 'user_id'), adminBaseUrl, requestId });
    },
    noContent,
  );
}

/** `POST /user/{user_id}/change-email-verification` */
export function sendEmailChange(parts: AdminParts): OpenHandler {
  const { call } = parts;
  return adminHandler(
    foundFirst(findUser(parts), fields({ email: required(emailAddress) })),
    ({ email }, request) => {
      const { traceId: requestId } = request.trace;
      return call('users.sendEmailChange', { userId: pathPart(request, 'user_id'), email, requestId });
    },
    noContent,
  );
}

/** `POST /user/{user_id}/email-already-registered` */
export function sendAlreadyRegistered({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields({ email: required(emailAddress) }),
    ({ email }, { trace }) => call('users.sendAlreadyRegistered', { email, requestId: trace.traceId }),
    noContent,
  );
}

/** `POST /user/reset-password` */
export function sendPasswordReset({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields({ email: required(emailAddress), admin_base_url: baseUrl, next: optional(nullable(anyText)) }),
    ({ email, admin_base_url: adminBaseUrl = null, next = null }, { trace }) =>
      call('users.sendPasswordReset', { email, adminBaseUrl, next, requestId: trace.traceId }),
    noContent,
  );
}

/** A body that may be left out. */
async function readBase(
  request: HttpRequest,
): Promise<Checked<{ admin_base_url: string | null | undefined }> | AdminRefused> {
  const body = await readOptionalJson(request);
  if (body.outcome === 'refused' || !isFields(body.value)) return cannotUnderstand();
  return checkFields({ admin_base_url: baseUrl }, body.value);
}
