import type { Context, ServiceSchema } from 'moleculer';
import type { RecordPrintStatus } from '../src/commands/record-print-status.ts';
import type { RecordSesEvent } from '../src/commands/record-ses-event.ts';
import type { RecordSmsReceipt } from '../src/commands/record-sms-receipt.ts';
import type { Actions } from '../src/messages.ts';

type Deps = { recordSms: RecordSmsReceipt; recordSes: RecordSesEvent; recordPrintStatus: RecordPrintStatus };

type Params<Name extends keyof Actions> = Context<Actions[Name]['params']>;

/** The actor that hears from providers how sends ended. Safe to repeat: a finished notification ignores a receipt. */
export function receiptsService({ recordSms, recordSes, recordPrintStatus }: Deps): ServiceSchema {
  return {
    name: 'receipts',
    actions: {
      recordSms: { handler: ({ params }: Params<'receipts.recordSms'>) => recordSms(params.receipt) },
      recordPrintStatus: {
        handler: ({ params }: Params<'receipts.recordPrintStatus'>) => recordPrintStatus(params.status),
      },
      recordSes: { handler: ({ params }: Params<'receipts.recordSes'>) => recordSes(params.event) },
    },
  };
}
