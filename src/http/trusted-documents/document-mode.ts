import type { Viewer, ViewerRole } from '../../shared/viewer.js';

/**
 * Which documents somebody may run, the most generous first: any; any, and the log says which were not in the manifest;
 * those of the manifest and no others.
 */
export const DOCUMENT_MODES = ['all', 'prefer', 'only'] as const;

export type DocumentMode = (typeof DOCUMENT_MODES)[number];

/** For people and those without a sign-in, and for what a token grants. */
export type DocumentModes = Record<'employee' | ViewerRole, DocumentMode>;

/** The most generous mode of all that a viewer is. A service account is nobody of the people: its roles alone count. */
export function modeOf(modes: DocumentModes, viewer: Viewer | null): DocumentMode {
  const isService = viewer !== null && viewer.employeeId === null;
  const own = [...(isService ? [] : [modes.employee]), ...(viewer?.roles ?? []).map((role) => modes[role])];
  return DOCUMENT_MODES.find((mode) => own.includes(mode)) ?? 'only';
}
