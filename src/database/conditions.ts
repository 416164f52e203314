/** Collects the conditions of a statement with their values, so that only those given become part of it. */
export class Conditions {
  private readonly texts: string[] = [];

  /** @param values of the statement; to be shared by the conditions of its parts */
  constructor(readonly values: unknown[] = []) {}

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
