import {
  type GraphQLField,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
} from 'graphql';

/** Deeper than this only values are asked for. */
const DEPTH = 5;

const WAYS = ['NULL', 'NULL', 'THROW', 'LATER', 'ERROR'];

const IDS = ['1', '2', '3', '4', '5', '7', '8', '0', 'a1', 'a2'];

/** Writes a query from the numbers of a tape, each of which decides one thing: the same tape makes the same query. */
class Writer {
  private place = 0;
  private readonly fragments: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly tape: readonly number[],
  ) {}

  private pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[(this.tape[this.place++] ?? 0) % choices.length]!;
  }

  document(): string {
    const selection = this.selection(this.schema.getQueryType()!, 0);
    // Both variables are used, whatever the tape says.
    const both = 'both: number @skip(if: $a) @include(if: $b)';
    return `query ($a: Boolean!, $b: Boolean!) { ${both} ${selection.slice(1)} ${this.fragments.join(' ')}`;
  }

  private condition(): string {
    return this.pick(['', '', '', '', '@skip(if: $a)', '@include(if: $b)', '@include(if: $a)', '@skip(if: false)']);
  }

  private selection(type: GraphQLNamedOutputType, depth: number): string {
    const parts = Array.from({ length: 1 + this.pick([0, 1, 2, 3]) }, () => this.part(type, depth));
    return `{ __typename ${parts.join(' ')} }`;
  }

  private part(type: GraphQLNamedOutputType, depth: number): string {
    const kind = this.pick(['field', 'field', 'field', 'inline', 'spread']);
    const fields =
      isAbstractType(type) && !('getFields' in type) ? [] : Object.values((type as GraphQLObjectType).getFields());
    if (kind === 'field' && fields.length > 0) return this.field(this.pick(fields), depth);
    const possible = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
    const on = this.pick(possible) as GraphQLObjectType;
    if (depth >= DEPTH) return '__typename';
    if (kind === 'inline' || this.fragments.length > 3)
      return `... on ${on.name} ${this.condition()} ${this.selection(on, depth + 1)}`;
    const name = `F${this.fragments.length}`;
    const place = this.fragments.push('') - 1; // its own fragments come after it
    this.fragments[place] = `fragment ${name} on ${on.name} ${this.selection(on, depth + 1)}`;
    return `...${name} ${this.condition()} ...${name} ${this.condition()}`;
  }

  private argumentsFor(names: readonly string[]): string {
    if (names.includes('way')) return `(way: ${this.pick(WAYS)})`;
    return names.includes('id') ? `(id: "${this.pick(IDS)}")` : '';
  }

  private field({ name, type, args }: GraphQLField<unknown, unknown>, depth: number): string {
    const named = getNamedType(type);
    if (isCompositeType(named) && depth >= DEPTH) return '__typename';
    const given = this.argumentsFor(args.map((argument) => argument.name));
    const alias = `${this.pick(['a', 'b', 'c', 'd', 'e'])}${name}: `;
    const selection = isCompositeType(named) ? this.selection(named, depth + 1) : '';
    return `${alias}${name}${given} ${this.condition()} ${selection}`;
  }
}

/** A query against the schema of `shelfSchema`. It may be invalid: the same name may stand for two things. */
export const randomDocument = (schema: GraphQLSchema, tape: readonly number[]): string =>
  new Writer(schema, tape).document();
