import type { IncomingMessage } from 'node:http';
import { readBody } from './read-body.ts';
import type { Trace } from './trace.ts';

/** What a handler sees of an HTTP request. */
export class HttpRequest {
  readonly incoming: IncomingMessage;
  /** Parts of the path, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly trace: Trace;
  /** Set by the handler: ids for the access log line. */
  readonly facts: Record<string, string> = {};

  constructor(incoming: IncomingMessage, params: Readonly<Record<string, string | undefined>>, trace: Trace) {
    this.incoming = incoming;
    this.params = params;
    this.trace = trace;
  }

  /** Scheme and host as the caller used them, with a final slash. A proxy's word counts. */
  get root(): string {
    const scheme = this.#forwarded('x-forwarded-proto') ?? 'http';
    const host = this.#forwarded('x-forwarded-host') ?? this.incoming.headers.host ?? 'localhost';
    return `${scheme}://${host}/`;
  }

  get query(): URLSearchParams {
    const url = this.incoming.url ?? '';
    const at = url.indexOf('?');
    return new URLSearchParams(at === -1 ? '' : url.slice(at + 1));
  }

  /** @throws {BodyTooLarge, RequestAborted} */
  body(): Promise<Buffer> {
    return readBody(this.incoming);
  }

  /** The value of the nearest proxy where several added theirs. */
  #forwarded(name: string): string | undefined {
    const value = this.incoming.headers[name];
    const text = Array.isArray(value) ? value.at(-1) : value;
    return text?.split(',').at(-1)?.trim() || undefined;
  }
}
