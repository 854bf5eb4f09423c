import { compareSync } from 'bcryptjs';

/** Four characters of scheme, two digits of cost, salt and hash. */
const BCRYPT = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

/** Whether a stored text is a bcrypt hash, as GOV.UK Notify keeps passwords and codes (data-model 3.1). */
export function isBcryptHash(stored: string): boolean {
  return BCRYPT.test(stored);
}

/** Whether a password is the one that was hashed. Keeps a processor busy for some 0.3 s at cost 12. */
export function isBcryptPassword({ password, stored }: { password: string; stored: string }): boolean {
  return compareSync(password, stored);
}
