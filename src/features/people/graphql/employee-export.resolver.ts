import { Arg, Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import type { RequestContext } from '../../../graphql/context.js';
import { Cost } from '../../../graphql/cost.js';
import { toReference } from '../../../graphql/reference.js';
import { JsonObjectScalar } from '../../../graphql/scalars.js';
import type { Identifier } from '../../../shared/identifier.js';
import type { Employee } from '../domain/employee.js';
import { EMPLOYEE_PREFIX, EmployeeRef, EmployeeType } from './employee.type.js';

@Access('EXPORT_PERSON', 'data', 'employee', 'exportedAt', 'format')
@ObjectType('EmployeeDataExport', {
  description: 'All that is stored about a person, for them to take along. For the person and HR.',
})
class EmployeeDataExportType {
  employeeId: Identifier;

  @Field({ description: 'When the export was made.' })
  exportedAt: Date;

  @Field({ description: 'The form of `data`. It changes only together with this.' })
  format: string;

  @Field(() => JsonObjectScalar, {
    description:
      'Rows by table, as they are stored: `about` the person; `written` by them about others, their own words only; and the `audit` trail of what they did and what others did to or read of theirs. Ids are UUIDs.',
  })
  data: object;
}

@Resolver(() => EmployeeDataExportType)
export class EmployeeExportResolver {
  @Access('EXPORT_PERSON')
  @Cost({ weight: 1000 })
  @Query(() => EmployeeDataExportType, {
    nullable: true,
    description:
      'All that is stored about a person, in one document; null when there is nobody by that id, or you are neither the person nor HR. Each export is recorded in the audit trail.',
  })
  async exportEmployeeData(
    @Arg('ref', () => EmployeeRef, { description: 'Which person.' }) ref: EmployeeRef,
    @Ctx() { loaders, audit, clock }: RequestContext,
  ): Promise<EmployeeDataExportType | null> {
    const reference = toReference(ref, EMPLOYEE_PREFIX, ['ref']);
    const found = await ('id' in reference
      ? loaders.employeeExport.load(reference.id)
      : loaders.employeeExportByExternalId.load(reference.externalId));
    if (!found) return null;
    audit.saw('EXPORT_PERSON', found.employeeId); // one's own, too: a stolen token would ask for it
    return { ...found, exportedAt: clock.now(), format: 'career-conversations/1' };
  }

  @FieldResolver(() => EmployeeType, { nullable: true, description: 'Whom it is about.' })
  employee(
    @Root() { employeeId }: EmployeeDataExportType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Employee | null> {
    return loaders.employee.load(employeeId);
  }
}
