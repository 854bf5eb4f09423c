import type { HttpRequest } from '../../request.ts';
import { pathPart } from '../path.ts';

export const inService = (request: HttpRequest) => ({ serviceId: pathPart(request, 'service_id') });

export const ofService = (request: HttpRequest) => ({ ...inService(request), id: pathPart(request, 'sender_id') });
