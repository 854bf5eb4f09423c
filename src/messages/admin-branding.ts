import type { AdminResult } from '../admin-refusal.ts';

export const BRAND_TYPES = ['org', 'both', 'org_banner'] as const;
type BrandType = (typeof BRAND_TYPES)[number];

/** An EmailBranding of internal-api 4. */
export type EmailBrandingView = {
  id: string;
  name: string;
  text: string | null;
  colour: string | null;
  /** File name in the logo bucket. */
  logo: string | null;
  brand_type: BrandType;
};

/** What is absent stays. */
export type EmailBrandingChanges = {
  name?: string | null;
  text?: string | null;
  colour?: string | null;
  logo?: string | null;
  brand_type?: BrandType;
};

/** A LetterBranding of internal-api 4; `filename` is the stem of the SVG. */
export type LetterBrandingView = { id: string; name: string; filename: string };
export type LetterBrandingFields = { name: string; filename: string };

/** Actions on logos and their texts (internal-api 6.19). */
export type BrandingActions = {
  'emailBrandings.list': { params: Record<string, never>; result: AdminResult<EmailBrandingView[]> };
  'emailBrandings.get': { params: { id: string }; result: AdminResult<EmailBrandingView> };
  'emailBrandings.create': { params: EmailBrandingChanges & { name: string }; result: AdminResult<EmailBrandingView> };
  'emailBrandings.update': {
    params: { id: string; changes: EmailBrandingChanges };
    result: AdminResult<EmailBrandingView>;
  };

  'letterBrandings.list': { params: Record<string, never>; result: AdminResult<LetterBrandingView[]> };
  'letterBrandings.get': { params: { id: string }; result: AdminResult<LetterBrandingView> };
  'letterBrandings.create': { params: LetterBrandingFields; result: AdminResult<LetterBrandingView> };
  'letterBrandings.update': {
    params: { id: string; changes: LetterBrandingFields };
    result: AdminResult<LetterBrandingView>;
  };
};
