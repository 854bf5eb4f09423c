import { openApiDocument } from './openapi/document.ts';
import { type OpenHandler, ok } from './route.ts';

/** `GET /openapi.json`: the public API, described. */
export const getOpenApi: OpenHandler = ({ root }) => ok(openApiDocument(root));
