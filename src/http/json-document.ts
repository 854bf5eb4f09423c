import { badRequest, type Checked, invalid, passed } from '../refusal.ts';
import type { Validate } from '../validation/schema.ts';
import { parseJsonBody } from './json.ts';
import type { HttpRequest } from './request.ts';

/** The body as JSON, whatever its content type; falsy JSON counts as `{}` (public-api 2.0). */
export async function readJson(request: HttpRequest): Promise<Checked<unknown>> {
  return jsonOf(await request.body());
}

/** As `readJson`, where no body at all counts as `{}` too. */
export async function readOptionalJson(request: HttpRequest): Promise<Checked<unknown>> {
  const body = await request.body();
  return body.length === 0 ? passed({}) : jsonOf(body);
}

function jsonOf(body: Buffer): Checked<unknown> {
  const parsed = parseJsonBody(body);
  if (!parsed.ok) return badRequest('Invalid JSON supplied in POST data');
  return passed(isFalsy(parsed.value) ? {} : parsed.value);
}

/** `Document` is the type of what the schema lets through. */
export function checkDocument<Document>(value: unknown, validate: Validate): Checked<Document> {
  const messages = validate(value);
  return messages === null ? passed(value as Document) : invalid(messages);
}

function isFalsy(value: unknown): boolean {
  return !value || (Array.isArray(value) && value.length === 0);
}
