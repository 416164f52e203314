/** How long a client may take to send a request, in milliseconds: who sends a byte now and then holds a connection for nothing. */
export interface RequestTimeouts {
  headers: number;
  /** Headers and body together. */
  whole: number;
  /** How often connections are looked at. */
  check: number;
}

/** Headers fit into one packet or a few; a body of the largest size takes a slow line half a minute. */
export const REQUEST_TIMEOUTS: RequestTimeouts = { headers: 10_000, whole: 30_000, check: 5_000 };
