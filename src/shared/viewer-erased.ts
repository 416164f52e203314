/** The viewer was erased, or has left, while the service was at work for them. Nothing of it was kept, and nothing is shown. */
export class ViewerErasedError extends Error {
  constructor() {
    super('Nobody who works here is signed in with this token any longer. Nothing of the call was kept.');
  }
}
