import { describe, expect, test } from '@jest/globals';
import { sesEvent } from '../../../src/providers/receipts/ses.ts';

const timestamp = '2026-03-02T10:00:00.000Z';
const mail = {
  timestamp,
  messageId: 'ses-1',
  source: 'a@notify.example',
  destination: ['sam@example.com', 'other@example.com'],
  headers: [{ name: 'To', value: 'sam@example.com' }],
  commonHeaders: { to: ['sam@example.com'] },
};
const about = { messageId: 'ses-1', timestamp };
const loggableMail = { timestamp, messageId: 'ses-1', source: 'a@notify.example' };

describe('a SES event', () => {
  test('Delivery is delivered', () => {
    const delivery = { timestamp: '2026-03-02T10:00:02.000Z', recipients: ['sam@example.com'] };
    expect(sesEvent({ notificationType: 'Delivery', mail, delivery })).toEqual({
      kind: 'delivered',
      ...about,
      deliveredAt: '2026-03-02T10:00:02.000Z',
    });
  });

  test.each([
    ['Permanent', 'permanent-failure'],
    ['Transient', 'temporary-failure'],
    ['Undetermined', 'temporary-failure'],
    ['Temporary', 'temporary-failure'],
    [undefined, 'temporary-failure'],
  ])('Bounce of type %s is %s, and what is fit for logs names nobody', (bounceType, kind) => {
    const bounce = { bounceType, bounceSubType: 'General', bouncedRecipients: [{ emailAddress: 'sam@example.com' }] };
    const event = sesEvent({ notificationType: 'Bounce', mail, bounce });
    expect(event).toEqual({
      kind,
      ...about,
      bounceType: bounceType ?? null,
      bounceSubType: 'General',
      loggable: { notificationType: 'Bounce', mail: loggableMail, bounce: { bounceType, bounceSubType: 'General' } },
    });
    expect(JSON.stringify(event)).not.toContain('example.com');
  });

  test('Complaint carries what is stored of it and the first destination', () => {
    const complaint = {
      feedbackId: 'feedback-1',
      complaintFeedbackType: 'abuse',
      timestamp: '2026-03-02T11:00:00.000Z',
      complainedRecipients: [{ emailAddress: 'sam@example.com' }],
    };
    expect(sesEvent({ notificationType: 'Complaint', mail, complaint })).toEqual({
      kind: 'complaint',
      ...about,
      feedbackId: 'feedback-1',
      complaintType: 'abuse',
      complaintDate: '2026-03-02T11:00:00.000Z',
      recipient: 'sam@example.com',
      loggable: {
        notificationType: 'Complaint',
        mail: loggableMail,
        complaint: { feedbackId: 'feedback-1', complaintFeedbackType: 'abuse', timestamp: '2026-03-02T11:00:00.000Z' },
      },
    });
  });

  test('Complaint without details has none', () => {
    const event = sesEvent({ notificationType: 'Complaint', mail: { messageId: 'ses-1' } });
    expect(event).toMatchObject({
      kind: 'complaint',
      timestamp: null,
      feedbackId: null,
      complaintType: null,
      recipient: null,
    });
  });

  test('is read from text too', () => {
    expect(sesEvent(JSON.stringify({ notificationType: 'Delivery', mail }))).toMatchObject({ kind: 'delivered' });
  });

  test.each([
    ['of another type', { notificationType: 'Send', mail }, 'Send'],
    ['without a type', { mail }, null],
    ['without a message id', { notificationType: 'Complaint', mail: {} }, 'Complaint'],
    ['without mail', { notificationType: 'Delivery' }, 'Delivery'],
    ['of nothing', null, null],
    ['that is a list', [], null],
    ['that is not JSON', 'Successfully validated SNS topic', null],
  ])('%s is unknown', (_, message, notificationType) => {
    expect(sesEvent(message)).toEqual({ kind: 'unknown', notificationType });
  });
});
