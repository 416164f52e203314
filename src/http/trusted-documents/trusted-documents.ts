import { createHash } from 'node:crypto';
import type { Manifest } from './manifest.js';

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The documents of the manifest, by what clients call them: their ids, and the SHA-256 of their texts. */
export class TrustedDocuments {
  private readonly texts: ReadonlySet<string>;
  private readonly byName = new Map<string, string>();

  constructor(manifest: Manifest) {
    this.texts = new Set(manifest.values());
    for (const text of this.texts) this.byName.set(hashOf(text), text);
    for (const [id, text] of manifest) this.byName.set(id, text);
  }

  find(name: string): string | null {
    return this.byName.get(name) ?? null;
  }

  has(text: string): boolean {
    return this.texts.has(text);
  }
}
