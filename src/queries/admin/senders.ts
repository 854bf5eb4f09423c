import type { Pool, QueryResultRow } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { LetterContactView, ReplyToView, SmsSenderView } from '../../messages/admin-senders.ts';
import { millis } from './columns.ts';

/** The default first, then the newest. */
const ORDER = 'order by s.is_default desc, s.created_at desc, s.id';

const select = (table: string, columns: string): string => `
select id, service_id, is_default, archived, ${millis('created_at')} as created_at,
  ${millis('updated_at')} as updated_at, ${columns}
from ${table} s where service_id = $1`;

const REPLY_TO = select('service_email_reply_to', 'email_address');
const LETTER_CONTACT = select('service_letter_contacts', 'contact_block');
const SMS_SENDER = select('service_sms_senders', 'sms_sender, inbound_number_id');

/** A sender as stored now, archived or not. */
export const readReplyTo = reader<ReplyToView>(REPLY_TO);
export const readLetterContact = reader<LetterContactView>(LETTER_CONTACT);
export const readSmsSender = reader<SmsSenderView>(SMS_SENDER);

export function listReplyTos(pool: Pool): AdminAction<'replyTos.list'> {
  return list<ReplyToView>(pool, REPLY_TO);
}

export function getReplyTo(pool: Pool): AdminAction<'replyTos.get'> {
  return get<ReplyToView>(pool, REPLY_TO);
}

export function listLetterContacts(pool: Pool): AdminAction<'letterContacts.list'> {
  return list<LetterContactView>(pool, LETTER_CONTACT);
}

export function getLetterContact(pool: Pool): AdminAction<'letterContacts.get'> {
  return get<LetterContactView>(pool, LETTER_CONTACT);
}

export function listSmsSenders(pool: Pool): AdminAction<'smsSenders.list'> {
  return list<SmsSenderView>(pool, SMS_SENDER);
}

export function getSmsSender(pool: Pool): AdminAction<'smsSenders.get'> {
  return get<SmsSenderView>(pool, SMS_SENDER);
}

function list<View extends QueryResultRow>(pool: Pool, query: string) {
  return async ({ serviceId }: { serviceId: string }): Promise<AdminResult<View[]>> => {
    const { rows } = await pool.query<View>(`${query} and not archived ${ORDER}`, [serviceId]);
    return done(rows);
  };
}

function get<View extends QueryResultRow>(pool: Pool, query: string) {
  return ({ serviceId, id }: { serviceId: string; id: string }) =>
    reader<View>(`${query} and not archived`)(pool, serviceId, id);
}

function reader<View extends QueryResultRow>(query: string) {
  return async (pool: Pool, serviceId: string, id: string): Promise<AdminResult<View>> => {
    const { rows } = await pool.query<View>(`${query} and id = $2`, [serviceId, id]);
    return rows[0] === undefined ? noResult() : done(rows[0]);
  };
}
