import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { EmailBrandingView, LetterBrandingView } from '../../messages/admin-branding.ts';

const EMAIL_BRANDING = 'select id, name, text, colour, logo, brand_type from email_branding';
const LETTER_BRANDING = 'select id, name, filename from letter_branding';

/** By name. */
export function listEmailBrandings(pool: Pool): AdminAction<'emailBrandings.list'> {
  return async () => done((await pool.query<EmailBrandingView>(`${EMAIL_BRANDING} order by name`)).rows);
}

export async function readEmailBranding(pool: Pool, id: string): Promise<AdminResult<EmailBrandingView>> {
  const { rows } = await pool.query<EmailBrandingView>(`${EMAIL_BRANDING} where id = $1`, [id]);
  return rows[0] === undefined ? noResult() : done(rows[0]);
}

/** By name. */
export function listLetterBrandings(pool: Pool): AdminAction<'letterBrandings.list'> {
  return async () => done((await pool.query<LetterBrandingView>(`${LETTER_BRANDING} order by name`)).rows);
}

export async function readLetterBranding(pool: Pool, id: string): Promise<AdminResult<LetterBrandingView>> {
  const { rows } = await pool.query<LetterBrandingView>(`${LETTER_BRANDING} where id = $1`, [id]);
  return rows[0] === undefined ? noResult() : done(rows[0]);
}
