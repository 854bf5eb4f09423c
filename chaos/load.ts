import { setTimeout as sleep } from 'node:timers/promises';
import { tokenOf } from '../src/app/banner.ts';
import type { Demo } from './program.ts';

const MAX_OPEN = 500;
const TIMEOUT_MS = 40_000;

/** Sends texts at a steady rate whatever happens, and remembers which were accepted. */
export class Load {
  /** Id → when its 201 came. */
  readonly accepted = new Map<string, number>();
  /** Answers that were no 201, by status; `none` where no answer came. */
  readonly refused: Record<string, number> = {};
  /** Requests that were not made, for too many were open. */
  skipped = 0;
  readonly perSecond: number;
  readonly #demo: () => Demo;
  readonly #phoneNumber: string;
  #running = false;
  #sender: Promise<void> = Promise.resolve();

  constructor(demo: () => Demo, perSecond: number, phoneNumber = '07700900001') {
    this.#demo = demo;
    this.perSecond = perSecond;
    this.#phoneNumber = phoneNumber;
  }

  start(): void {
    this.#running = true;
    this.#sender = this.#send();
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#sender;
  }

  async #send(): Promise<void> {
    const demo = this.#demo();
    const open = new Set<Promise<void>>();
    for (let next = Date.now(); this.#running; next += 1000 / this.perSecond) {
      await sleep(Math.max(0, next - Date.now()));
      if (open.size >= MAX_OPEN) {
        this.skipped++;
        continue;
      }
      const one: Promise<void> = this.#one(demo).finally(() => open.delete(one));
      open.add(one);
    }
    await Promise.all(open);
  }

  async #one(demo: Demo): Promise<void> {
    const response = await fetch(`${demo.api_url}/v2/notifications/sms`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenOf(demo.api_keys.normal)}` },
      body: JSON.stringify({
        phone_number: this.#phoneNumber,
        template_id: demo.templates.sms,
        personalisation: { name: 'x' },
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => null);
    const body: unknown = await response?.json().catch(() => null);
    const id = typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : null;
    if (response?.status === 201 && id !== null) this.accepted.set(id, Date.now());
    else {
      const status = String(response?.status ?? 'none');
      this.refused[status] = (this.refused[status] ?? 0) + 1;
    }
  }
}
