import { describe, expect, test } from '@jest/globals';
import { firetextCodeStatus, firetextReceipt } from '../../../src/providers/receipts/firetext.ts';
import { mmgReceipt } from '../../../src/providers/receipts/mmg.ts';
import { reachReceipt } from '../../../src/providers/receipts/reach.ts';

const ID = 'e4b1d7c2-6a95-4f3d-b8e0-91c2a7f5d684';

describe('mmg', () => {
  const reasons: [status: string, mapped: string, codes: Record<number, string>][] = [
    [
      '2',
      'permanent-failure',
      {
        1: 'Number does not exist',
        4: 'Rejected by operator',
        5: 'Unidentified Subscriber',
        9: 'Undelivered',
        11: 'Service for Subscriber suspended',
        12: 'Illegal equipment',
        2049: 'Subscriber IMSI blacklisted',
        2050: 'Number blacklisted in do-not-disturb blacklist',
        2052: 'Destination number blacklisted',
        2053: 'Source address blacklisted',
      },
    ],
    ['3', 'delivered', { 2: 'Delivered to operator', 5: 'Delivered to handset' }],
    [
      '4',
      'temporary-failure',
      {
        6: 'Absent Subscriber',
        8: 'Roaming not allowed',
        13: 'SMS Not Supported',
        15: 'Expired',
        27: 'Absent Subscriber',
        29: 'Invalid delivery report',
        32: 'Delivery Failure',
      },
    ],
    [
      '5',
      'permanent-failure',
      {
        6: 'Network out of coverage',
        8: 'Incorrect number prefix',
        10: 'Number on do-not-disturb service',
        11: 'Sender id not registered',
        13: 'Sender id blacklisted',
        14: 'Destination number blacklisted',
        19: 'Routing unavailable',
        20: 'Rejected by anti-flooding mechanism',
        21: 'System error',
        23: 'Duplicate message id',
        24: 'Message formatted incorrectly',
        25: 'Message too long',
        51: 'Missing recipient value',
        52: 'Invalid destination',
      },
    ],
  ];
  const rows = reasons.flatMap(([status, mapped, codes]) =>
    Object.entries(codes).map(([code, reason]) => [status, code, mapped, reason] as const),
  );

  test.each(rows)('status %s, substatus %s is %s: %s', (status, substatus, mapped, reason) => {
    const receipt = {
      provider: 'mmg',
      reference: ID,
      status: mapped,
      providerStatus: status,
      detailedCode: substatus,
      reason,
      mapped: true,
    };
    expect(mmgReceipt({ CID: ID, status, substatus })).toEqual({ ok: true, receipt });
    expect(mmgReceipt({ CID: ID, status: Number(status), substatus: Number(substatus) })).toEqual({
      ok: true,
      receipt,
    });
  });

  test.each([
    ['absent', undefined, null],
    ['empty', '', null],
    ['null', null, null],
    ['of another status', '2049', '2049'],
    ['unknown', 'constructor', 'constructor'],
  ])('a substatus that is %s has no reason', (_, substatus, detailedCode) => {
    const parsed = mmgReceipt({ CID: ID, status: '3', substatus });
    expect(parsed).toMatchObject({ ok: true, receipt: { status: 'delivered', detailedCode, reason: null } });
  });

  test.each(['000', '0', '1', '6', ' 3', 'constructor', '__proto__'])('status %j is unmapped', (status) => {
    expect(mmgReceipt({ CID: ID, status })).toMatchObject({
      ok: true,
      receipt: { status: 'technical-failure', providerStatus: status, mapped: false, reason: null },
    });
  });

  test('a status of the number 0 is there', () => {
    expect(mmgReceipt({ CID: ID, status: 0 })).toMatchObject({ ok: true, receipt: { providerStatus: '0' } });
  });

  test('a reference that is no UUID is passed on', () => {
    expect(mmgReceipt({ CID: 'not-a-uuid', status: '3' })).toMatchObject({
      ok: true,
      receipt: { reference: 'not-a-uuid' },
    });
  });

  const status = 'MMG callback failed: status missing';
  const cid = 'MMG callback failed: CID missing';
  test.each([
    [{}, [status, cid]],
    [{ CID: ID }, [status]],
    [{ status: '3' }, [cid]],
    [{ CID: '', status: '' }, [status, cid]],
    [{ CID: null, status: '3' }, [cid]],
    [{ CID: { id: ID }, status: true }, [status, cid]],
    [null, [status, cid]],
    [undefined, [status, cid]],
    ['text', [status, cid]],
    [[ID], [status, cid]],
  ])('%j answers only the missing fields', (body, messages) => {
    expect(mmgReceipt(body)).toEqual({ ok: false, messages });
  });
});

describe('firetext', () => {
  const codes = [
    ['000', 'temporary-failure', 'No error reported'],
    ['101', 'permanent-failure', 'Unknown Subscriber'],
    ['102', 'temporary-failure', 'Absent Subscriber'],
    ['103', 'temporary-failure', 'Subscriber Busy'],
    ['104', 'temporary-failure', 'No Subscriber Memory'],
    ['201', 'permanent-failure', 'Invalid Number'],
    ['301', 'permanent-failure', 'SMS Not Supported'],
    ['302', 'temporary-failure', 'SMS Not Supported'],
    ['401', 'permanent-failure', 'Message Rejected'],
    ['900', 'temporary-failure', 'Routing Error'],
  ] as const;

  test.each(codes)('code %s is a %s: %s', (code, status, reason) => {
    expect(firetextCodeStatus(code)).toBe(status);
    expect(firetextReceipt({ reference: ID, status: '1', code })).toEqual({
      ok: true,
      receipt: {
        provider: 'firetext',
        reference: ID,
        status: 'permanent-failure',
        providerStatus: '1',
        detailedCode: code,
        reason,
        mapped: true,
      },
    });
  });

  test.each(['789', '', '0', 'toString'])('code %j is unknown', (code) => {
    expect(firetextCodeStatus(code)).toBeUndefined();
  });

  test.each([
    ['0', 'delivered', true],
    ['1', 'permanent-failure', true],
    ['2', 'pending', true],
    ['3', 'technical-failure', false],
    ['000', 'technical-failure', false],
  ])('status %s is %s', (status, mapped, known) => {
    expect(firetextReceipt({ reference: ID, status, mobile: '447700900123' })).toMatchObject({
      ok: true,
      receipt: { status: mapped, mapped: known, detailedCode: null, reason: null },
    });
  });

  test('a repeated form field counts by its first value', () => {
    expect(firetextReceipt({ reference: ID, status: ['0', '1'] })).toMatchObject({ receipt: { status: 'delivered' } });
  });

  test('missing fields are answered in order', () => {
    const messages = ['Firetext callback failed: status missing', 'Firetext callback failed: reference missing'];
    expect(firetextReceipt({ code: '101' })).toEqual({ ok: false, messages });
    expect(firetextReceipt({ status: '', reference: ID })).toEqual({ ok: false, messages: messages.slice(0, 1) });
    expect(firetextReceipt({ status: '0' })).toEqual({ ok: false, messages: messages.slice(1) });
  });
});

describe('reach', () => {
  test.each([
    ['TODO-d', 'delivered', true],
    ['TODO-tf', 'temporary-failure', true],
    ['TODO-pf', 'permanent-failure', true],
    ['delivered', 'technical-failure', false],
  ])('status %s is %s', (status, mapped, known) => {
    expect(reachReceipt({ reference: ID, status })).toEqual({
      ok: true,
      receipt: {
        provider: 'reach',
        reference: ID,
        status: mapped,
        providerStatus: status,
        detailedCode: null,
        reason: null,
        mapped: known,
      },
    });
  });

  test('missing fields are answered', () => {
    const messages = ['Reach callback failed: status missing', 'Reach callback failed: reference missing'];
    expect(reachReceipt({})).toEqual({ ok: false, messages });
  });
});
