import { Counter, type Registry } from 'prom-client';
import type { ReceiptMetrics } from '../commands/receipt-facts.ts';
import type { RecordInboundSms } from '../commands/record-inbound-sms.ts';

export type ArrivalMeter = ReceiptMetrics & {
  /** The command, with the texts counted that a service got. */
  inboundSms(record: RecordInboundSms): RecordInboundSms;
};

/** What providers bring: receipts that moved a message, and received texts. Source: workflows 8.2. */
export function arrivalMeter(registry: Registry): ArrivalMeter {
  const receipts = new Counter({
    name: 'provider_receipts_total',
    help: 'Receipts that a message accepted',
    labelNames: ['provider', 'status'],
    registers: [registry],
  });
  const texts = new Counter({
    name: 'inbound_sms_total',
    help: 'Received texts that were recorded; a repeated report counts again',
    labelNames: ['provider'],
    registers: [registry],
  });
  return {
    receiptRecorded: (provider, status) => receipts.labels(provider, status).inc(),
    inboundSms: (record) => async (request) => {
      const recorded = await record(request);
      if (recorded.outcome === 'recorded') texts.labels(request.sms.provider).inc();
      return recorded;
    },
  };
}
