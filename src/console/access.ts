import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';

const COOKIE = 'console';

/**
 * Lets in who has the token: in the `Authorization` header, or once in `?token=`, which leaves a cookie and goes on to
 * the address without it, so that the token is in no link, log or history. Without a token everybody is let in.
 */
export function access(token: string | null): RequestHandler {
  if (token === null) return (_request, _response, next) => next();
  const ticket = digest(token);
  return (request, response, next) => {
    const [scheme = '', bearer = ''] = request.headers.authorization?.split(' ') ?? [];
    if (scheme.toLowerCase() === 'bearer' && isSame(digest(bearer), ticket)) return next();
    const asked = request.query['token'];
    if (typeof asked === 'string' && isSame(digest(asked), ticket)) {
      response.cookie(COOKIE, ticket, { httpOnly: true, sameSite: 'strict', path: '/' });
      return response.redirect(303, `/${request.path.replace(/^\/+/, '')}`);
    }
    if (cookies(request.headers.cookie).some((cookie) => isSame(cookie, ticket))) return next();
    response.status(401).set('WWW-Authenticate', 'Bearer').type('text').send('A token is needed to see this.\n');
  };
}

function cookies(header = ''): string[] {
  return header
    .split(';')
    .map((part) => part.trim().split('='))
    .flatMap(([name, value = '']) => (name === COOKIE ? [value] : []));
}

/** Equally long whatever is hashed, so that comparing tells nothing of the token. */
function digest(text: string): string {
  return createHash('sha256').update(`console ${text}`).digest('hex');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
