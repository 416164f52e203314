/** How people learn: on the job (70%), from others (20%), from training (10%). In this order everywhere. */
export const ACTION_CATEGORIES = ['EXPERIENCE', 'EXPOSURE', 'EDUCATION'] as const;

export type ActionCategory = (typeof ACTION_CATEGORIES)[number];

/** The kinds of action, by the one category that each belongs to. */
export const KINDS_BY_CATEGORY = {
  EXPERIENCE: [
    'NEW_ASSIGNMENT',
    'SPECIAL_PROJECT',
    'STRETCH_ASSIGNMENT',
    'EXPANDED_RESPONSIBILITY',
    'BUILD_OR_IMPROVE',
    'TEAM_LEADERSHIP',
    'COVER_FOR_COLLEAGUE',
  ],
  EXPOSURE: [
    'MENTORING',
    'PEER_COACHING',
    'JOB_SHADOWING',
    'NETWORKING',
    'INFORMATIONAL_INTERVIEW',
    'SOCIAL_LEARNING',
    'COMMITTEE',
    'CONFERENCE',
  ],
  EDUCATION: ['COURSE', 'WEB_RESOURCE', 'EDUCATION_ASSISTANCE', 'READING'],
} as const satisfies Record<ActionCategory, readonly string[]>;

export type ActionKind = (typeof KINDS_BY_CATEGORY)[ActionCategory][number];

const categoryByKind = new Map<ActionKind, ActionCategory>(
  ACTION_CATEGORIES.flatMap((category) => KINDS_BY_CATEGORY[category].map((kind) => [kind, category] as const)),
);

export const ACTION_KINDS: readonly ActionKind[] = [...categoryByKind.keys()];

/** The category that a kind of action belongs to. */
export function categoryOfKind(kind: ActionKind): ActionCategory {
  return categoryByKind.get(kind)!;
}
