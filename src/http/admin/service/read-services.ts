import { type AdminRefused, fieldRefusal, plainRefusal } from '../../../admin-refusal.ts';
import type { AdminActions } from '../../../messages/admin.ts';
import { type Checked, passed } from '../../../refusal.ts';
import { parseUuid } from '../../../validation/uuid.ts';
import { storableText } from '../../json.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { dataAnswer } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { serviceDetailsJson, serviceJson, serviceListItemJson } from './service-json.ts';

const DEFAULT_DAYS = 7;
const MOST_DAYS = 3650;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** `GET /service`, for one user, for all, or for all with statistics. */
export function listServices({ call }: AdminParts): OpenHandler {
  const plain = adminHandler(
    readOwner,
    (asked) => call('services.list', asked),
    (services) => dataAnswer(services.map(serviceJson)),
  );
  const detailed = adminHandler(
    readDates,
    (asked) => call('services.listDetailed', asked),
    (services) => dataAnswer(services.map(serviceListItemJson)),
  );
  return (request) => (isOn(request, 'detailed') && !request.query.has('user_id') ? detailed : plain)(request);
}

/** `GET /service/find-services-by-name` */
export function findServicesByName({ call }: AdminParts): OpenHandler {
  return adminHandler(
    async ({ query }) => {
      const name = storableText(query.get('service_name') ?? '');
      return name === '' ? fieldRefusal('service_name', 'Missing data for required field.') : passed(name);
    },
    (name) => call('services.findByName', { name }),
    dataAnswer,
  );
}

/** `GET /service/{service_id}`, with statistics where `detailed` is asked for. */
export function getService({ call }: AdminParts): OpenHandler {
  const plain = adminHandler(
    async (request) => passed(pathPart(request, 'service_id')),
    (serviceId) => call('services.get', { serviceId }),
    (service) => dataAnswer(serviceJson(service)),
  );
  const detailed = adminHandler(
    readDays,
    (days, request) => call('services.details', { serviceId: pathPart(request, 'service_id'), days }),
    (service) => dataAnswer(serviceDetailsJson(service)),
  );
  return (request) => (isOn(request, 'detailed') ? detailed : plain)(request);
}

/** `GET /service/{service_id}/statistics` */
export function getStatistics({ call }: AdminParts): OpenHandler {
  return adminHandler(
    readDays,
    (days, request) => call('services.statistics', { serviceId: pathPart(request, 'service_id'), days }),
    dataAnswer,
  );
}

/** Exactly `True` switches on. */
function isOn({ query }: HttpRequest, name: string): boolean {
  return query.get(name) === 'True';
}

async function readOwner(
  request: HttpRequest,
): Promise<Checked<AdminActions['services.list']['params']> | AdminRefused> {
  const given = request.query.get('user_id');
  const userId = given === null ? null : parseUuid(given);
  if (given !== null && userId === null) return plainRefusal(404, 'No result found');
  return passed({ userId, onlyActive: isOn(request, 'only_active') });
}

async function readDates(
  request: HttpRequest,
): Promise<Checked<AdminActions['services.listDetailed']['params']> | AdminRefused> {
  const today = new Date().toISOString().slice(0, 10);
  const { query } = request;
  const startDate = query.get('start_date') ?? today;
  const endDate = query.get('end_date') ?? today;
  if (![startDate, endDate].every(isDate)) {
    return plainRefusal(400, 'Input must be a date in the format: YYYY-MM-DD');
  }
  const includeTestKeys = query.get('include_from_test_key') !== 'False';
  return passed({ onlyActive: isOn(request, 'only_active'), includeTestKeys, startDate, endDate });
}

/** Days before today that count, too. */
async function readDays(request: HttpRequest): Promise<Checked<number> | AdminRefused> {
  if (isOn(request, 'today_only')) return passed(0);
  const given = request.query.get('limit_days');
  const days = given === null ? DEFAULT_DAYS : /^\d+$/.test(given) ? Number(given) : Number.NaN;
  return days <= MOST_DAYS ? passed(days) : fieldRefusal('limit_days', 'Not a valid integer.');
}

function isDate(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(text));
}
