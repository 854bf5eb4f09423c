/** Rows that every database holds from its first migration on (internal-api 5). */
export const NOTIFY_SERVICE_ID = 'd6aa2c68-a2d9-4437-ab19-3ae8eb202553';
/** Author of rows that nobody asked for. */
export const NOTIFY_USER_ID = '6af522d0-2915-4e52-83a3-3690455a5fe6';
export const BROADCAST_ORGANISATION_ID = '38e4bf69-93b0-445d-acee-53ea53fe02df';

/** Templates of the built-in service, by what is sent with them. */
export const INTERNAL_TEMPLATES = {
  smsCode: '36fb0730-6259-4da1-8a80-c8de22ad4246',
  emailCode: '299726d2-dba6-42b8-8209-30e1d66ea164',
  emailVerification: 'ece42649-22a8-4d06-b87f-d52d5d3f0a27',
  alreadyRegistered: '0880fbb1-a0c6-46f0-9a8e-36c986381ceb',
  passwordReset: '474e9242-823b-4f99-813d-ed392e7f1201',
  emailChange: 'eb4d9930-87ab-4aef-9bce-786762687884',
  memberEmailChanged: 'c73f1d71-4049-46d5-a647-d013bdeca3f0',
  memberNumberChanged: '8a31520f-4751-4789-8ea1-fe54496725eb',
  invitation: '4f46df42-f795-4cc4-83bb-65ca312f49cc',
  broadcastInvitation: '46152f7c-6901-41d5-8590-a5624d0d4359',
  organisationInvitation: '203566f0-d835-47c5-aa06-932439c86573',
  agreementSigned: '4fd2e43c-309b-4e50-8fb8-1955852d9d71',
  agreementSignedForOther: 'c20206d5-bf03-4002-9a90-37d5032d9e84',
  agreementSignedForYou: '522b6657-5ca5-4368-a294-6b527703bd0b',
  serviceNowLive: '618185c6-3636-49cd-b7d2-6f6f5eb3bdde',
  replyToVerification: 'a42f1d17-9404-46d5-a647-d013bdfca3e1',
} as const;
