import { randomUUID } from 'node:crypto';
import { done, fieldRefusal, noResult } from '../../admin-refusal.ts';
import { InboundNumber } from '../../db/entities/senders.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readNumbers } from '../../queries/admin/inbound-numbers.ts';
import type { AdminCommandParts } from './parts.ts';

const NATIONAL = /^07[0-9]{9}$/;
/** Those that pass texts on (public-api 5.6). */
const PROVIDERS = ['mmg', 'firetext'];

const ADD = `
insert into inbound_numbers (id, number, provider) select id, number, $3 from unnest($1::uuid[], $2::text[]) u (id, number)
on conflict (number) do nothing`;

/** Numbers that services can have from then on. Those that are known stay as they are: repeating it is harmless. */
export function addNumbers({ pool }: AdminCommandParts): AdminAction<'inboundNumbers.add'> {
  return async ({ numbers, provider }) => {
    const wrong = numbers.find((number) => !NATIONAL.test(number));
    if (wrong !== undefined) return fieldRefusal('numbers', `Not a number in national form: ${wrong}`);
    if (!PROVIDERS.includes(provider)) return fieldRefusal('provider', `Must be one of: ${PROVIDERS.join(', ')}.`);
    const ids = numbers.map(() => randomUUID());
    await pool.query(ADD, [ids, numbers, provider]);
    return done(await readNumbers(pool, ids));
  };
}

/** A service's number receives nothing any more, and stays the service's. */
export function switchOffNumber(parts: AdminCommandParts): AdminAction<'inboundNumbers.switchOff'> {
  return async ({ serviceId }) => {
    const changes = { active: false, updatedAt: new Date(parts.now()) };
    const changed = await parts.transact((em) => em.nativeUpdate(InboundNumber, { serviceId }, changes));
    if (changed === 0) return noResult();
    parts.changed([serviceId]);
    return done(null);
  };
}
