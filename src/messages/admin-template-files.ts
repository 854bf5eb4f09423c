import type { AdminResult } from '../admin-refusal.ts';

/** A file that goes with every email of a template; times are milliseconds since the epoch. */
export type TemplateFileView = {
  id: string;
  template_id: string;
  /** That came with the file as it is. */
  template_version: number;
  filename: string;
  link_text: string | null;
  /** Weeks. */
  retention_period: number;
  validate_users_email: boolean;
  /** Still being set up: it goes with no email. */
  pending: boolean;
  created_at: number;
  created_by_id: string;
  updated_at: number | null;
  archived_at: number | null;
  archived_by_id: string | null;
  version: number;
};

export type NewTemplateFile = Pick<
  TemplateFileView,
  'filename' | 'retention_period' | 'validate_users_email' | 'created_by_id'
> &
  Partial<Pick<TemplateFileView, 'id' | 'link_text' | 'pending'>> & {
    /** Base64; absent where the file is in the object store already. */
    file?: string;
  };

/** What is absent stays. */
export type TemplateFileChanges = Partial<
  Pick<TemplateFileView, 'filename' | 'link_text' | 'retention_period' | 'validate_users_email' | 'pending'>
>;

type OfTemplate = { serviceId: string; templateId: string };
type OneFile = OfTemplate & { id: string };

/** Actions on the files of templates, which the original keeps in its admin application's bucket. */
export type TemplateFileActions = {
  /** Archived ones are left out. */
  'templateFiles.list': { params: OfTemplate; result: AdminResult<TemplateFileView[]> };
  'templateFiles.get': { params: OneFile; result: AdminResult<TemplateFileView> };
  'templateFiles.create': { params: OfTemplate & { file: NewTemplateFile }; result: AdminResult<TemplateFileView> };
  'templateFiles.update': {
    params: OneFile & { changes: TemplateFileChanges };
    result: AdminResult<TemplateFileView>;
  };
  'templateFiles.archive': { params: OneFile & { archivedBy: string }; result: AdminResult<TemplateFileView> };
};
