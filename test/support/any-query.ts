import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

const DEEPEST = 7;

/** Draws numbers below a bound. */
type Draw = (bound: number) => number;

/** Writes selections as anybody might, from whatever the schema has. */
class QueryWriter {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly draw: Draw,
  ) {}

  selection(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
    const leaves = fields.filter((field) => !this.objectOf(field));
    const others = depth < DEEPEST ? fields.filter((field) => this.objectOf(field)) : [];
    const chosen = [...this.some(leaves, 2), ...this.some(others, 3)];
    return `{ __typename ${chosen.map((field, place) => this.field(field, place, depth)).join(' ')} }`;
  }

  private some<Item>(items: readonly Item[], most: number): Item[] {
    if (items.length === 0) return [];
    return Array.from({ length: 1 + this.draw(most) }, () => items[this.draw(items.length)]!);
  }

  private objectOf({ type }: GraphQLField<unknown, unknown>): GraphQLObjectType | null {
    const named = getNamedType(type);
    if (isObjectType(named)) return named;
    return isInterfaceType(named) ? this.schema.getPossibleTypes(named)[0]! : null;
  }

  private field(field: GraphQLField<unknown, unknown>, place: number, depth: number): string {
    const type = this.objectOf(field);
    // A list in a list in a list is dear.
    const page = field.args.some(({ name }) => name === 'first') ? `(${this.page()})` : '';
    const below = type ? this.selection(type, depth + 1) : '';
    const text = `f${depth}_${place}: ${field.name}${page}${this.directive()} ${below}`;
    return type && this.draw(4) === 0 ? `... on ${this.parentOf(field)} { ${text} }` : text;
  }

  private page(): string {
    return ['first: 1', 'first: 3', 'last: 2', 'first: $first'][this.draw(4)]!;
  }

  private directive(): string {
    return ['', '', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @include(if: false)'][this.draw(7)]!;
  }

  private parentOf(field: GraphQLField<unknown, unknown>): string {
    const types = Object.values(this.schema.getTypeMap()).filter(isObjectType);
    return types.find((type) => type.getFields()[field.name] === field)!.name;
  }
}

/** A query below a root field, with the variables `$first` and `$yes`. */
export const anyQuery = (schema: GraphQLSchema, root: string, type: string): fc.Arbitrary<string> =>
  fc.infiniteStream(fc.nat({ max: 1_000_000 })).map((numbers) => {
    const writer = new QueryWriter(schema, (bound) => (numbers.next().value as number) % bound);
    const selection = writer.selection(schema.getType(type) as GraphQLObjectType, 1);
    return `query ($first: Int = 2, $yes: Boolean = true) { ${root} ${selection} used: __typename @include(if: $yes)
      more: employees(first: $first) { __typename } }`;
  });
