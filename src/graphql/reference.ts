import { Extensions, Field, ID, InputType } from 'type-graphql';
import type { Reference } from '../shared/reference.js';
import { identifierOf } from './node.js';

/** Marks an input of which exactly one field is given. */
export const OneOf = (): ClassDecorator & PropertyDecorator & MethodDecorator => Extensions({ oneOf: true });

interface ReferenceInput {
  id?: string | null;
  externalId?: string | null;
}

/** An input type that names a thing of the HRIS by `id` or by `externalId`. */
export function referenceInput(name: string, thing: string): new () => ReferenceInput {
  @OneOf()
  @InputType(name, { description: `Names ${thing}: exactly one of the fields.` })
  class Input implements ReferenceInput {
    @Field(() => ID, { nullable: true, description: 'Its id in this service.' })
    id?: string | null;

    @Field(() => String, { nullable: true, description: 'Its id in the system that owns it.' })
    externalId?: string | null;
  }
  return Input;
}

/** @throws BAD_USER_INPUT when the id is of another type */
export function toReference(input: ReferenceInput, prefix: string, inputPath: readonly (string | number)[]): Reference {
  if (input.id != null) return { id: identifierOf(prefix, input.id, [...inputPath, 'id']) };
  return { externalId: input.externalId! };
}
