import type { Viewer } from '../shared/viewer.js';

/** Who is counted together: a person, a service account, or an address without a sign-in. */
export interface Caller {
  viewer: Viewer | null;
  /** The subject of a good token of which it is not known, or not known yet, whose it is; null where there is none. */
  tokenSubject: string | null;
  /** The network address that the request came from. */
  address: string;
  /**
   * A digest of the token, by which a caller is known again before anybody looks at who it is; null where there is none.
   */
  credential: string | null;
}
