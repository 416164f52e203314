/** Whoever asked has gone away, so nothing more is read for them. Nobody is left to be told. */
export class ClientGoneError extends Error {
  constructor() {
    super('The client went away before it was answered.');
  }
}
