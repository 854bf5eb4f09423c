import type { AdminRefused } from '../../../admin-refusal.ts';
import { isoDate, toLondonTime } from '../../../content/london-time.ts';
import type { ComplaintView } from '../../../messages/admin-platform.ts';
import { type Checked, invalid, passed } from '../../../refusal.ts';
import { wireTime, wireTimeOrNull } from '../../../wire-time.ts';
import { storableText } from '../../json.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { adminRefusalAnswer, bareAnswer } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { fullLinks, readPage } from '../paging.ts';

type Dates = { startDate: string; endDate: string };

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** `GET /complaint` */
export function listComplaints({ call }: AdminParts): OpenHandler {
  return async (request) => {
    const page = await readPage(request);
    if (page.outcome === 'refused') return adminRefusalAnswer(page);
    const listed = await call('complaints.list', { page: page.value });
    if (listed.outcome === 'refused') return adminRefusalAnswer(listed);
    const { complaints, pages } = listed.value;
    return {
      status: 200,
      body: { complaints: complaints.map(complaintJson), links: fullLinks(request, page.value, pages) },
    };
  };
}

/** `GET /complaint/count-by-date-range` */
export function countComplaints({ call }: AdminParts): OpenHandler {
  return adminHandler(readDates, (dates) => call('complaints.count', dates), bareAnswer);
}

function complaintJson(complaint: ComplaintView): object {
  return {
    ...complaint,
    ses_feedback_id: complaint.ses_feedback_id ?? 'None',
    complaint_date: wireTimeOrNull(complaint.complaint_date),
    created_at: wireTime(complaint.created_at),
  };
}

/** Today's by default. */
async function readDates({ query }: HttpRequest): Promise<Checked<Dates> | AdminRefused> {
  const today = isoDate(toLondonTime(new Date()));
  const dates = { start_date: query.get('start_date') ?? today, end_date: query.get('end_date') ?? today };
  const wrong = Object.entries(dates).filter(([, date]) => !isDate(date));
  if (wrong.length === 0) return passed({ startDate: dates.start_date, endDate: dates.end_date });
  return invalid(wrong.map(([name, date]) => `${name} time data ${storableText(date)} does not match format %Y-%m-%d`));
}

function isDate(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(text));
}
