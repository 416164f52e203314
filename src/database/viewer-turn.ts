import type { Viewer } from '../shared/viewer.js';
import { type FairShare, type Leave, NoTurnError } from './fair-share.js';
import { noTurn, type Undertaking } from './outage.js';

/**
 * Waits until the viewer has not too much going on already.
 * @throws OutageError when that takes too long, ClientGoneError when nobody waits any longer
 */
export async function takeTurn(
  share: FairShare,
  viewer: Viewer,
  undertaking: Undertaking,
  gone?: AbortSignal,
): Promise<Leave> {
  try {
    return await share.enter(viewer.subject, gone);
  } catch (error) {
    throw error instanceof NoTurnError ? noTurn(error, undertaking) : error;
  }
}
