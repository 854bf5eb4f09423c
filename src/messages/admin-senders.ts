import type { AdminResult } from '../admin-refusal.ts';

/** What ReplyTo, LetterContact and SmsSender of internal-api 4 have in common; times are milliseconds since the epoch. */
type SenderView = {
  id: string;
  service_id: string;
  is_default: boolean;
  archived: boolean;
  created_at: number;
  updated_at: number | null;
};

export type ReplyToView = SenderView & { email_address: string };
export type LetterContactView = SenderView & { contact_block: string };
export type SmsSenderView = SenderView & { sms_sender: string; inbound_number_id: string | null };

export type NewReplyTo = { email_address: string; is_default: boolean };
export type NewLetterContact = { contact_block: string; is_default: boolean };
export type NewSmsSender = { sms_sender: string; is_default: boolean; inbound_number_id?: string };

type InService = { serviceId: string };
type OfService = InService & { id: string };

/** Actions on what a service's messages come from (internal-api 6.17). */
export type SenderActions = {
  'replyTos.list': { params: InService; result: AdminResult<ReplyToView[]> };
  'replyTos.get': { params: OfService; result: AdminResult<ReplyToView> };
  /** Answers the id of the message that was sent to the address. */
  'replyTos.verify': {
    params: InService & { address: string; requestId: string };
    result: AdminResult<{ id: string }>;
  };
  'replyTos.create': { params: InService & { replyTo: NewReplyTo }; result: AdminResult<ReplyToView> };
  'replyTos.update': { params: OfService & { replyTo: NewReplyTo }; result: AdminResult<ReplyToView> };
  'replyTos.archive': { params: OfService; result: AdminResult<ReplyToView> };

  'letterContacts.list': { params: InService; result: AdminResult<LetterContactView[]> };
  'letterContacts.get': { params: OfService; result: AdminResult<LetterContactView> };
  'letterContacts.create': {
    params: InService & { contact: NewLetterContact };
    result: AdminResult<LetterContactView>;
  };
  'letterContacts.update': {
    params: OfService & { contact: NewLetterContact };
    result: AdminResult<LetterContactView>;
  };
  'letterContacts.archive': { params: OfService; result: AdminResult<LetterContactView> };

  'smsSenders.list': { params: InService; result: AdminResult<SmsSenderView[]> };
  'smsSenders.get': { params: OfService; result: AdminResult<SmsSenderView> };
  'smsSenders.create': { params: InService & { sender: NewSmsSender }; result: AdminResult<SmsSenderView> };
  'smsSenders.update': { params: OfService & { sender: NewSmsSender }; result: AdminResult<SmsSenderView> };
  'smsSenders.archive': { params: OfService; result: AdminResult<SmsSenderView> };
};
