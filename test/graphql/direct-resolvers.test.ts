import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { graphql, isObjectType } from 'graphql';
import {
  Args,
  ArgsType,
  buildSchemaSync,
  Ctx,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  UseMiddleware,
} from 'type-graphql';
import { resolveDirectly } from '../../src/graphql/direct-resolvers.js';

@ArgsType()
class Range {
  @Field(() => Int)
  from: number;

  @Field(() => Int, { nullable: true })
  to?: number | null;
}

@ObjectType()
class Letter {
  @Field()
  text: string;
}

@Resolver(() => Letter)
class LetterResolver {
  private readonly mark = '!';

  @Query(() => Letter)
  letter(): Letter {
    return { text: 'dear all' };
  }

  @FieldResolver(() => String)
  ofNothing(): string {
    return `nothing${this.mark}`;
  }

  @FieldResolver(() => String)
  ofContext(@Ctx() { name }: { name: string }, @Root() letter: object): string {
    return `${name}: ${(letter as Letter).text}`;
  }

  @FieldResolver(() => String)
  ofAll(@Root() letter: object, @Args(() => Range) range: Range, @Ctx() { name }: { name: string }): string {
    return `${name}: ${(letter as Letter).text.slice(range.from, range.to ?? undefined)}`;
  }

  @FieldResolver(() => String)
  ofClass(@Root() letter: Letter): string {
    return letter instanceof Letter ? 'a letter' : 'something';
  }

  @FieldResolver(() => String)
  @UseMiddleware(async (_, next) => `${await next()} and more`)
  ofMiddleware(): string {
    return 'less';
  }
}

const build = () => buildSchemaSync({ resolvers: [LetterResolver], validate: false, nullableByDefault: false });
const asBuilt = build();
const direct = build();
resolveDirectly(direct);

const DOCUMENT = `{ letter { ofNothing ofContext first: ofAll(from: 1, to: 3) rest: ofAll(from: 4) ofClass } }`;

test('what is resolved directly is what type-graphql resolves', async () => {
  const [expected, answered] = await Promise.all(
    [asBuilt, direct].map((schema) => graphql({ schema, source: DOCUMENT, contextValue: { name: 'Ally' } })),
  );
  expect(answered).toEqual(expected);
  expect(answered).toMatchObject({ data: { letter: { first: 'Ally: ea', rest: 'Ally:  all', ofClass: 'a letter' } } });
});

test('what type-graphql does something about is left to it', () => {
  const [before, after] = [asBuilt, direct].map((schema) => schema.getType('Letter'));
  if (!isObjectType(before) || !isObjectType(after)) throw new Error('There is no letter.');
  const isLeft = (field: string) =>
    String(after.getFields()[field]!.resolve) === String(before.getFields()[field]!.resolve);
  expect(Object.keys(after.getFields()).filter(isLeft)).toEqual(['text', 'ofClass', 'ofMiddleware']);
});
