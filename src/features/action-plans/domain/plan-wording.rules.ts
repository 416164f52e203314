import type { Action, ActionPlan } from './action-plan.js';
import { comparableText } from './comparable-text.rules.js';

/** What the titles of a plan's actions are compared with, read once for all of them. All texts are comparable ones. */
export interface PlanWording {
  /** The names of its skills, and their other names. */
  skillNames: ReadonlySet<string>;
  /** The titles of its live actions. */
  titles: ReadonlyMap<Action, string>;
  /** The id of the live action that has a title; null where several have it. */
  owners: ReadonlyMap<string, string | null>;
}

/** Reads the wording of a plan. It says nothing of what is changed in the plan later. */
export function wordingOf({ skills }: Pick<ActionPlan, 'skills'>): PlanWording {
  const skillNames = new Set<string>();
  const titles = new Map<Action, string>();
  const owners = new Map<string, string | null>();
  for (const { skillName, skillAliases, actions } of skills) {
    skillNames.add(comparableText(skillName));
    for (const alias of skillAliases) skillNames.add(comparableText(alias));
    for (const action of actions) {
      if (action.status === 'CANCELLED') continue;
      const title = comparableText(action.title);
      const owner = owners.get(title);
      titles.set(action, title);
      owners.set(title, owner === undefined || owner === action.id ? action.id : null);
    }
  }
  return { skillNames, titles, owners };
}

/** The title of an action, of the plan or not, as it is compared. */
export function comparableTitle(action: Action, wording: PlanWording): string {
  return wording.titles.get(action) ?? comparableText(action.title);
}

/** Whether a live action of the plan other than this one has the title. */
export function isTitleOfAnother(action: Action, title: string, { owners }: PlanWording): boolean {
  const owner = owners.get(title);
  return owner !== undefined && owner !== action.id;
}
