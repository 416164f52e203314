import type { DocumentStore as ApolloDocumentStore } from '@apollo/server';
import type { DocumentNode } from 'graphql';

/** A parsed document takes about a hundred bytes for each character, with what is remembered of it. */
const MOST_CHARACTERS = 400_000;

/** Of texts that have come once, what they are known by. */
const MOST_SEEN = 10_000;

/** Of one whose text was taken out, since it may not run: it is kept in order not to be parsed again. */
const LEAST_CHARACTERS = 100;

const charactersOf = ({ loc }: DocumentNode): number =>
  Math.max(LEAST_CHARACTERS, loc?.source.body.length ?? LEAST_CHARACTERS);

/**
 * The documents that Apollo has parsed and validated, from the second time that they come, as long as they are used and there is
 * room. One that comes once is gone while it is young: to be kept for a while, and let go later, is what makes memory grow.
 * Apollo's own store writes each one as JSON to find out how large it is, and lets all of them together take several times of
 * what it means to.
 */
export class DocumentStore implements ApolloDocumentStore {
  /** The one that was used last comes last. */
  private readonly documents = new Map<string, DocumentNode>();
  private characters = 0;
  private readonly seen = new Set<string>();

  async get(key: string): Promise<DocumentNode | undefined> {
    const document = this.documents.get(key);
    if (!document) return undefined;
    this.documents.delete(key);
    this.documents.set(key, document);
    return document;
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    if (!this.documents.has(key) && !this.seen.delete(key)) return this.remember(key);
    await this.delete(key);
    this.documents.set(key, document);
    this.characters += charactersOf(document);
    for (const oldest of this.documents.keys()) {
      if (this.characters <= MOST_CHARACTERS) return;
      await this.delete(oldest);
    }
  }

  private remember(key: string): void {
    if (this.seen.size >= MOST_SEEN) this.seen.clear();
    this.seen.add(key);
  }

  async delete(key: string): Promise<boolean> {
    const document = this.documents.get(key);
    if (!document) return false;
    this.characters -= charactersOf(document);
    return this.documents.delete(key);
  }
}
