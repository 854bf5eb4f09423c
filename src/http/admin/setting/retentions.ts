import { noResult } from '../../../admin-refusal.ts';
import { NOTIFICATION_TYPES, type RetainedType, type RetentionView } from '../../../messages/admin-service-settings.ts';
import { passed } from '../../../refusal.ts';
import { compileSchema } from '../../../validation/schema.ts';
import type { HttpRequest } from '../../request.ts';
import { type Answer, type OpenHandler, ok } from '../../route.ts';
import { noContent } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { document, nothing } from '../read.ts';
import { timedJson } from '../timed-json.ts';

const days_of_retention = { type: 'integer' };

const NEW_RETENTION = compileSchema({
  type: 'object',
  properties: { days_of_retention, notification_type: { enum: NOTIFICATION_TYPES } },
  required: ['days_of_retention', 'notification_type'],
});
const CHANGES = compileSchema({
  type: 'object',
  properties: { days_of_retention },
  required: ['days_of_retention'],
});

/** `GET /service/{service_id}/data-retention` */
export function listRetentions({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('retentions.list', inService(request)),
    (retentions) => ok(retentions.map(timedJson)),
  );
}

/** `GET /service/{service_id}/data-retention/{data_retention_id}` */
export function getRetention({ call }: AdminParts): OpenHandler {
  return adminHandler(nothing, (_, request) => call('retentions.get', ofService(request)), retentionAnswer);
}

/** `GET /service/{service_id}/data-retention/notification-type/{notification_type}` */
export function getRetentionByType({ call }: AdminParts): OpenHandler {
  return adminHandler(
    async (request) => {
      const named = pathPart(request, 'notification_type');
      const type = NOTIFICATION_TYPES.find((candidate) => candidate === named);
      return type === undefined ? noResult() : passed(type);
    },
    (type, request) => call('retentions.getByType', { ...inService(request), type }),
    retentionAnswer,
  );
}

/** `POST /service/{service_id}/data-retention` */
export function createRetention({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ notification_type: RetainedType; days_of_retention: number }>(NEW_RETENTION),
    ({ notification_type: type, days_of_retention: days }, request) =>
      call('retentions.create', { ...inService(request), type, days }),
    (retention) => ({ status: 201, body: { result: timedJson(retention) } }),
  );
}

/** `POST /service/{service_id}/data-retention/{data_retention_id}` */
export function updateRetention({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ days_of_retention: number }>(CHANGES),
    ({ days_of_retention: days }, request) => call('retentions.update', { ...ofService(request), days }),
    noContent,
  );
}

function retentionAnswer(retention: RetentionView | null): Answer {
  return ok(retention === null ? {} : timedJson(retention));
}

const inService = (request: HttpRequest) => ({ serviceId: pathPart(request, 'service_id') });

const ofService = (request: HttpRequest) => ({ ...inService(request), id: pathPart(request, 'data_retention_id') });
