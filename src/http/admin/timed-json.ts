import { wireTime, wireTimeOrNull } from '../../wire-time.ts';

/** Something with the times of a row, in milliseconds since the epoch. */
type Timed = { created_at: number; updated_at: number | null };

/** A row whose times clients read with six digits and `Z`: ReplyTo, LetterContact, CallbackApi, … (internal-api 4). */
export function timedJson(row: Timed): object {
  return { ...row, created_at: wireTime(row.created_at), updated_at: wireTimeOrNull(row.updated_at) };
}
