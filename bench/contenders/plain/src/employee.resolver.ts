import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { dataSource } from './database.js';
import { ActionPlan, Employee } from './entities.js';

export interface Context {
  /** Taken from a header: nobody checks it. */
  viewer: string;
}

@ObjectType()
export class Viewer {
  @Field(() => Employee, { nullable: true })
  employee?: Employee | null;
}

@ObjectType()
class EmployeeConnection {
  @Field(() => [Employee])
  nodes: Employee[];
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer)
  me(): Viewer {
    return {};
  }

  @FieldResolver(() => Employee, { nullable: true })
  employee(@Ctx() { viewer }: Context): Promise<Employee | null> {
    return dataSource.getRepository(Employee).findOneBy({ id: viewer });
  }
}

@Resolver(() => Employee)
export class EmployeeResolver {
  @FieldResolver(() => EmployeeConnection)
  async reports(@Root() employee: Employee, @Arg('first', () => Int) first: number): Promise<EmployeeConnection> {
    const nodes = await dataSource
      .getRepository(Employee)
      .find({ where: { managerId: employee.id }, order: { name: 'ASC', id: 'ASC' }, take: first });
    return { nodes };
  }

  @FieldResolver(() => ActionPlan, { nullable: true })
  activeActionPlan(@Root() employee: Employee): Promise<ActionPlan | null> {
    return dataSource.getRepository(ActionPlan).findOneBy({ employeeId: employee.id, status: 'ACTIVE' });
  }
}
