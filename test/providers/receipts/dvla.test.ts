import { describe, expect, test } from '@jest/globals';
import { dvlaStatus } from '../../../src/providers/receipts/dvla.ts';

const JOB = '9c3d5a70-2e8f-4b16-a7d4-6f0b1e8c2d95';

describe('what the printer despatched', () => {
  const news = (jobStatus: string, despatchProperties: unknown) => ({
    id: 'msg-1',
    time: '2026-03-04T08:15:07Z',
    data: { jobId: JOB, jobStatus, transitionDate: '2026-03-04T08:15:07Z', despatchProperties },
    metadata: { correlationId: 'b5d9' },
  });

  test.each([[[]], [null], [[{ key: 'totalSheets' }]]])('is not looked at when a letter is rejected: %j', (given) => {
    expect(dvlaStatus(news('REJECTED', given))).toMatchObject({
      ok: true,
      status: { status: 'REJECTED', notificationId: JOB },
    });
  });

  test('is a list that is not empty when a letter is despatched', () => {
    expect(dvlaStatus(news('DESPATCHED', []))).toEqual({ ok: false, messages: ['data [] should be non-empty'] });
  });
});
