/** Collects the conditions of a statement with their values, so that only those given become part of it. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly texts: string[] = [];

  /** Adds a value and answers its placeholder. */
  value(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  add(text: string): this {
    this.texts.push(text);
    return this;
  }

  toSql(): string {
    return this.texts.length === 0 ? 'true' : this.texts.join(' and ');
  }
}
