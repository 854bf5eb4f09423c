import type { Pool } from 'pg';

/** What the database knows of a document: nothing that can be read without the link's key. */
export type DocumentRow = {
  id: string;
  serviceId: string;
  /** `DocumentFacts` as JSON, sealed under the link's key. */
  sealedFacts: Buffer;
  /** The last day, in UTC, on which it may be downloaded: `2026-03-29`. */
  availableUntil: string;
};

/** The part of a document that its pages need before the file itself. */
export type DocumentFacts = {
  /** As the service named it; null where it did not. */
  filename: string | null;
  mediaType: string;
  sizeBytes: number;
  /** Of the address that must be confirmed before download; null for none. */
  recipientHash: string | null;
};

const COLUMNS = `id, service_id as "serviceId", sealed_facts as "sealedFacts", available_until::text as "availableUntil"`;

/** The table `documents`. */
export type DocumentRows = ReturnType<typeof documentRows>;

export function documentRows(pool: Pool) {
  return {
    insert: async ({ id, serviceId, sealedFacts, availableUntil }: DocumentRow): Promise<void> => {
      await pool.query(
        'insert into documents (id, service_id, sealed_facts, available_until) values ($1, $2, $3, $4)',
        [id, serviceId, sealedFacts, availableUntil],
      );
    },
    find: async (serviceId: string, id: string): Promise<DocumentRow | null> => {
      const { rows } = await pool.query<DocumentRow>(
        `select ${COLUMNS} from documents where id = $1 and service_id = $2`,
        [id, serviceId],
      );
      return rows[0] ?? null;
    },
    /** Counts an attempt to confirm an address; answers how many there were since the first of the last `withinMs`. */
    countAttempt: async (id: string, at: Date, withinMs: number): Promise<number> => {
      const { rows } = await pool.query<{ attempts: number }>(
        `update documents set
           attempts = case when attempts_since > $3 then attempts + 1 else 1 end,
           attempts_since = case when attempts_since > $3 then attempts_since else $2 end
         where id = $1 returning attempts`,
        [id, at, new Date(at.getTime() - withinMs)],
      );
      return rows[0]?.attempts ?? 0;
    },
    /** The longest expired ones, `limit` at most; `today` as `availableUntil`. */
    expired: async (today: string, limit: number): Promise<Pick<DocumentRow, 'id' | 'serviceId'>[]> => {
      const { rows } = await pool.query<Pick<DocumentRow, 'id' | 'serviceId'>>(
        `select id, service_id as "serviceId" from documents where available_until < $1
         order by available_until limit $2`,
        [today, limit],
      );
      return rows;
    },
    remove: async (ids: readonly string[]): Promise<void> => {
      await pool.query('delete from documents where id = any($1::uuid[])', [ids]);
    },
  };
}

/** Where a document's sealed file is in the object store. */
export function documentObjectKey({ id, serviceId }: Pick<DocumentRow, 'id' | 'serviceId'>): string {
  return `documents/${serviceId}/${id}`;
}

/** The day of an instant in UTC, as `availableUntil`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
