import pg from 'pg';
import { createReader, type ReaderSettings } from './database/reader.js';
import type { Viewer } from './shared/viewer.js';

/** Whoever reads names of all people, and nothing else of them. */
const READER_OF_NAMES: Viewer = { subject: 'service:start', employeeId: null, roles: ['hris'] };

/** Whether there is anybody who could sign in, of those whom the service itself can see. */
export async function hasPeople(databaseUrl: string, settings: Omit<ReaderSettings, 'pool'>): Promise<boolean> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const reader = createReader({ pool, ...settings }, READER_OF_NAMES);
    const [row] = await reader.read<{ there: boolean }>('select exists (select from employee) as there', []);
    return row!.there;
  } finally {
    await pool.end();
  }
}
