/** The object that a GraphQL enum is registered from, for a list of names that are their own values. */
export function enumOf<Name extends string>(names: readonly Name[]): { [Key in Name]: Key } {
  return Object.fromEntries(names.map((name) => [name, name])) as { [Key in Name]: Key };
}
