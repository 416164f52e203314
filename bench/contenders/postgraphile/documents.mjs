/** The workloads in the names that PostGraphile gives to the tables, with what a team adds. */
export const documents = {
  'my-plan': `query MyPlan($viewer: UUID!) {
    employeeByRowId(rowId: $viewer) { name activeActionPlan {
      goal status percentComplete
      mix { total compliant shares { category count percent } }
      readiness { ready violations { rule path } }
      skills { rank outcome percentComplete skill { name } actions {
        title kind status dueOn percentComplete
        updates(first: 3) { percentComplete status note occurredAt }
      } }
    } }
  }`,
  'team-page': `query TeamPage($viewer: UUID!) {
    employeeByRowId(rowId: $viewer) { name reports(first: 10) { name jobTitle activeActionPlan {
      goal status percentComplete targetOn
      mix { compliant shares { category count percent } }
      readiness { ready }
      skills { rank percentComplete skill { name } actions { title kind category status dueOn percentComplete } }
    } } }
  }`,
  'record-progress': `mutation RecordProgress($viewer: UUID!, $input: RecordProgressInput!) {
    recordProgress(viewer: $viewer, input: $input) {
      progressUpdate { percentComplete status note }
      action { percentComplete status planSkill { percentComplete } }
      plan { percentComplete completionSuggested }
      userErrors { code message path }
    }
  }`,
  'revise-plan': `mutation ReviseActionPlan($viewer: UUID!, $input: ReviseActionPlanInput!) {
    reviseActionPlan(viewer: $viewer, input: $input) {
      plan {
        version goal percentComplete
        readiness { ready violations { rule path } }
        skills { rank actions { title dueOn status percentComplete } }
      }
      userErrors { code message path }
    }
  }`,
};
