import { randomInt, randomUUID } from 'node:crypto';
import { type AdminResult, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { INTERNAL_TEMPLATES } from '../../built-in.ts';
import { hashPassword, isPassword } from '../../crypto/password.ts';
import { User, VerifyCode } from '../../db/entities/identity.ts';
import type { AdminAction, AdminActions } from '../../messages/admin.ts';
import type { AdminCommandParts } from './parts.ts';
import { countFailedLogin, signIn } from './sign-in.ts';

/** Unused codes that a user may have at once. Source: internal-api 5, `MAX_VERIFY_CODE_COUNT`. */
const MAX_CODES = 5;
/** Source: internal-api 5, `MAX_FAILED_LOGIN_COUNT`. */
const MAX_FAILED_LOGINS = 10;
const CODE_LIFE_MS = 30 * 60_000;
const CODE_DIGITS = 5;
const NOT_FOUND = plainRefusal(404, 'Code not found');

type SendRequest = AdminActions['users.sendCode']['params'];

export function needsCode(parts: AdminCommandParts): AdminAction<'users.needsCode'> {
  return async ({ userId }) =>
    (await parts.read().count(User, { id: userId })) === 0 ? noResult() : done(await lacksCodes(parts, userId));
}

/** Codes of both kinds count. */
async function lacksCodes({ read, now }: AdminCommandParts, userId: string): Promise<boolean> {
  const usable = { userId, codeUsed: false, expiryDatetime: { $gt: new Date(now()) } };
  return (await read().count(VerifyCode, usable)) < MAX_CODES;
}

/** Sends a code to sign in with, as a text or in a link; nothing to a user who has five that still work. */
export function sendCode(parts: AdminCommandParts): AdminAction<'users.sendCode'> {
  return async (request) => {
    const { userId, codeType } = request;
    const user = await parts.read().findOne(User, { id: userId });
    if (user === null) return noResult();
    if (!(await lacksCodes(parts, userId))) return done(null);
    const code = codeType === 'sms' ? digits() : randomUUID();
    const sent = await sendIt(parts, request, user, code);
    return sent.outcome === 'refused' ? sent : keepCode(parts, request, code);
  };
}

/** Kept after it is sent: a code that could not be sent is not counted. */
async function keepCode(parts: AdminCommandParts, request: SendRequest, code: string): Promise<AdminResult<null>> {
  const { userId, codeType } = request;
  const hash = await hashPassword(code);
  const createdAt = new Date(parts.now());
  const expiryDatetime = new Date(parts.now() + CODE_LIFE_MS);
  await parts.transact(async (em) => {
    em.create(VerifyCode, { userId, codeType, code: hash, createdAt, expiryDatetime });
  });
  return done(null);
}

function sendIt({ send, links }: AdminCommandParts, request: SendRequest, user: User, code: string) {
  const { userId, codeType, to, adminBaseUrl, next, requestId } = request;
  if (codeType === 'sms') {
    const recipient = to || (user.mobileNumber ?? '');
    return send({
      templateId: INTERNAL_TEMPLATES.smsCode,
      recipient,
      personalisation: { verify_code: code },
      requestId,
    });
  }
  return send({
    templateId: INTERNAL_TEMPLATES.emailCode,
    recipient: user.emailAddress,
    personalisation: { name: user.name, url: links.signIn(adminBaseUrl, { userId, code, next }) },
    requestId,
  });
}

/** Signs a user in who knows the code, once. Wrong codes count. */
export function checkCode(parts: AdminCommandParts): AdminAction<'users.checkCode'> {
  return async ({ userId, codeType, code }) => {
    const user = await parts.read().findOne(User, { id: userId });
    if (user === null || (codeType !== 'sms' && codeType !== 'email')) return noResult();
    if (user.failedLoginCount >= MAX_FAILED_LOGINS) return NOT_FOUND;
    const match = await matchingCode(parts, userId, codeType, code);
    if (match === null) {
      await countFailedLogin(parts, userId);
      return NOT_FOUND;
    }
    if (!(await useCode(parts, match))) {
      await countFailedLogin(parts, userId);
      return plainRefusal(400, 'Code has expired');
    }
    await signIn(parts, userId, new Date(parts.now()), codeType === 'email');
    return done(null);
  };
}

async function matchingCode(
  { read, threads }: AdminCommandParts,
  userId: string,
  codeType: 'sms' | 'email',
  code: string,
) {
  const stored = await read().find(VerifyCode, { userId, codeType }, { orderBy: { createdAt: 'desc' } });
  for (const candidate of stored) if (await isPassword(code, candidate.code, threads)) return candidate;
  return null;
}

/** False where the code is too old or was used; of two who come with it at once, one gets in. */
async function useCode(parts: AdminCommandParts, { id }: { id: string }): Promise<boolean> {
  const usable = { id, codeUsed: false, expiryDatetime: { $gt: new Date(parts.now()) } };
  return (await parts.transact((em) => em.nativeUpdate(VerifyCode, usable, { codeUsed: true }))) === 1;
}

/** Random digits, none equal to the one before it. */
function digits(): string {
  let code = String(randomInt(10));
  while (code.length < CODE_DIGITS) {
    const digit = String(randomInt(10));
    if (!code.endsWith(digit)) code += digit;
  }
  return code;
}
