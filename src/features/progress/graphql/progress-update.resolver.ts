import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access } from '../../../graphql/access.js';
import { type Connection, toConnection } from '../../../graphql/connection.js';
import type { RequestContext } from '../../../graphql/context.js';
import { PageArguments, pageRequest } from '../../../graphql/page-arguments.js';
import { Reads } from '../../../graphql/reads.js';
import { FIRST_ENTRY } from '../../../shared/page.js';
import { type Action, findAction } from '../../action-plans/domain/action-plan.js';
import { ActionType } from '../../action-plans/graphql/action-plan.type.js';
import type { Employee } from '../../people/domain/employee.js';
import { EmployeeType } from '../../people/graphql/employee.type.js';
import type { ProgressUpdate } from '../domain/progress-update.js';
import { ProgressUpdateConnection, ProgressUpdateType } from './progress-update.type.js';

@Resolver(() => ActionType)
export class ActionProgressResolver {
  @Access('PROGRESS')
  @Reads({ loader: 'updatesOfAction', by: 'actions', page: FIRST_ENTRY })
  @FieldResolver(() => ProgressUpdateType, {
    nullable: true,
    description: 'The entry that says how the action stands: the last by when it occurred. Null before the first.',
  })
  latestUpdate(@Root() action: Action, @Ctx() { loaders }: RequestContext): Promise<ProgressUpdate | null> {
    return loaders.latestUpdate.load(action.id);
  }

  @Access('PROGRESS')
  @Reads({ loader: 'updatesOfAction', by: 'actions', page: 'ARGUMENTS' })
  @FieldResolver(() => ProgressUpdateConnection, {
    description: 'All entries on the action, the last by when it occurred first.',
  })
  async updates(
    @Root() action: Action,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<ProgressUpdate>> {
    return toConnection(await loaders.updatesOfAction.load(action.id, pageRequest(page)));
  }
}

@Resolver(() => ProgressUpdateType)
export class ProgressUpdateResolver {
  @Reads({ loader: 'planOfAction', by: 'action' })
  @FieldResolver(() => ActionType, {
    nullable: true,
    description: 'The action that the entry is about; null when its skill was taken out of the plan since.',
  })
  async action(@Root() update: ProgressUpdate, @Ctx() { loaders }: RequestContext): Promise<Action | null> {
    const plan = await loaders.planOfAction.load(update.actionId);
    return plan && findAction(plan, update.actionId);
  }

  @Reads({ loader: 'employee', by: 'author' })
  @FieldResolver(() => EmployeeType, {
    nullable: true,
    description:
      'Who wrote the entry; null when it was a service, or somebody who has left and of whom you may not see that.',
  })
  author(@Root() update: ProgressUpdate, @Ctx() { loaders }: RequestContext): Promise<Employee | null> | null {
    return update.authorId === null ? null : loaders.employee.load(update.authorId);
  }
}
