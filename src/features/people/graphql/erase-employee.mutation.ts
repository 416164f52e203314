import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver, registerEnumType } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { Cost } from '../../../graphql/cost.js';
import { enumOf } from '../../../graphql/enumeration.js';
import { toReference } from '../../../graphql/reference.js';
import { UserErrorInterface } from '../../../graphql/user-error.js';
import { encodeTypedId } from '../../../shared/typed-id.js';
import { EMPLOYEE_PROBLEM_CODES, type EmployeeProblem, type EmployeeProblemCode } from '../domain/employee-problem.js';
import { eraseEmployee } from '../usecases/erase-employee.js';
import { EMPLOYEE_PREFIX, EmployeeRef } from './employee.type.js';

const CodeEnum = enumOf(EMPLOYEE_PROBLEM_CODES);
registerEnumType(CodeEnum, {
  name: 'EmployeeErrorCode',
  description: 'Why nothing was done about a person.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is nobody by that id, or they were erased before.' },
    CANNOT_ERASE_YOURSELF: { description: 'Another HR admin has to do it.' },
  },
});

@Access('PART')
@Cost({ items: 10 })
@ObjectType('EmployeeError', {
  implements: UserErrorInterface,
  description: 'Why nothing was done about a person. Nothing of the call was kept.',
})
class EmployeeErrorType extends UserErrorInterface implements EmployeeProblem {
  @Field(() => CodeEnum, { description: 'The reason, for a program.' })
  code: EmployeeProblemCode;
}

@InputType('EraseEmployeeInput', { description: 'Whom to erase.' })
class EraseEmployeeInputType {
  @Field(() => EmployeeRef, { description: 'The person.' })
  employee: EmployeeRef;
}

@Access('PART')
@ObjectType('EraseEmployeePayload', { description: 'The outcome of erasing a person.' })
class EraseEmployeePayloadType {
  @Field(() => ID, {
    nullable: true,
    description: 'The id that the person had, which finds nobody any longer; null when there are errors.',
  })
  erasedEmployeeId: string | null;

  @Field(() => Date, { nullable: true, description: 'When the person was erased; null when there are errors.' })
  erasedAt: Date | null;

  @Field(() => [EmployeeErrorType], { description: 'Why nothing was done; empty when it was.' })
  userErrors: EmployeeProblem[];
}

@Resolver()
export class EraseEmployeeMutation {
  @Access('ERASE_PERSON')
  @Cost({ weight: 1000 })
  @Mutation(() => EraseEmployeePayloadType, {
    description:
      'Erases a person, once and for all: what names or quotes them is taken out everywhere, also from texts of others and from the history. Their plans exist for nobody any longer, but count in aggregates. It searches the texts of the whole company, which may take minutes in a large one. For HR.',
  })
  async eraseEmployee(
    @Arg('input', () => EraseEmployeeInputType, { description: 'Whom to erase.' }) input: EraseEmployeeInputType,
    @Ctx() context: RequestContext,
  ): Promise<EraseEmployeePayloadType> {
    const reference = toReference(input.employee, EMPLOYEE_PREFIX, ['input', 'employee']);
    const result = await eraseEmployee(context, reference);
    context.forgetReads();
    if (!result.ok) return { erasedEmployeeId: null, erasedAt: null, userErrors: result.problems };
    const { employeeId, erasedAt } = result.value;
    return { erasedEmployeeId: encodeTypedId(EMPLOYEE_PREFIX, employeeId), erasedAt, userErrors: [] };
  }
}
