import { Field, InterfaceType } from 'type-graphql';

/** What the errors of all features share; each adds a `code` of its own. */
@InterfaceType('UserError', {
  description: 'Why a mutation changed nothing, for a person to act on. Nothing of the call was kept.',
})
export abstract class UserErrorInterface {
  @Field({ description: 'The reason, as a sentence for a person.' })
  message: string;

  @Field(() => [String], {
    description:
      'Where in the input, such as ["skills", "1", "actions", "0", "dueOn"]; for what is wrong with the plan that comes out of a revision or is to be activated, where in that plan.',
  })
  path: string[];
}
