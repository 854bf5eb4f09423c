/** One entry of the v2 error body: `error` is the class name that clients match on (public-api 3.1). */
export type ErrorItem = { error: string; message: string } & Partial<QrCodeFacts>;

/** What the error of a QR code that is too long carries besides (public-api 3.1). */
export type QrCodeFacts = { data: string; num_bytes: number; max_bytes: number };

/** The caller's fault, as a value that survives the bus. `status` and `errors` are contract. */
export type Refused = { outcome: 'refused'; status: number; errors: ErrorItem[] };

/** What a check found, or why there is nothing to go on with. */
export type Checked<Value> = { outcome: 'passed'; value: Value } | Refused;

export function passed<Value>(value: Value): Checked<Value> {
  return { outcome: 'passed', value };
}

export function refused(status: number, error: string, message: string): Refused {
  return { outcome: 'refused', status, errors: [{ error, message }] };
}

export function badRequest(message: string): Refused {
  return refused(400, 'BadRequestError', message);
}

/** Schema failures: one item a message, identical ones merged (public-api 3.2). */
export function invalid(messages: readonly string[]): Refused {
  const errors = [...new Set(messages)].map((message) => ({ error: 'ValidationError', message }));
  return { outcome: 'refused', status: 400, errors };
}

/** What a 400 says outside `/v2` where nothing better can be said. */
export const NOT_UNDERSTOOD = 'The browser (or proxy) sent a request that this server could not understand.';

export function noResultFound(): Refused {
  return refused(404, 'NoResultFound', 'No result found');
}
