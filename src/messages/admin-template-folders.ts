import type { AdminResult } from '../admin-refusal.ts';

/** A Folder of internal-api 6.11. */
export type TemplateFolderView = {
  id: string;
  name: string;
  parent_id: string | null;
  service_id: string;
  users_with_permission: string[];
};

type InService = { serviceId: string };
type OfService = InService & { id: string };

/** Actions on template folders (internal-api 6.11). */
export type TemplateFolderActions = {
  'templateFolders.list': { params: InService; result: AdminResult<TemplateFolderView[]> };
  'templateFolders.create': {
    params: InService & { name: string; parentId: string | null };
    result: AdminResult<TemplateFolderView>;
  };
  'templateFolders.update': {
    /** `users` null leaves who may see it. */
    params: OfService & { name: string; users: string[] | null };
    result: AdminResult<TemplateFolderView>;
  };
  'templateFolders.remove': { params: OfService; result: AdminResult<null> };
  'templateFolders.move': {
    /** `target` null is the top level. */
    params: InService & { target: string | null; folders: string[]; templates: string[] };
    result: AdminResult<null>;
  };
};
