import { type ASTNode, GraphQLError } from 'graphql';

/** The caller did not say who they are, or nobody knows them. */
export class UnauthenticatedError extends GraphQLError {
  constructor(
    message: string,
    challenge: string,
    /** What may stand in the log: the message without what the token says. */
    readonly reason: string,
  ) {
    const headers = new Map([['www-authenticate', challenge]]);
    super(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers } } });
  }
}

/**
 * The caller did not say who they are.
 * @param tried the error code of RFC 6750, section 3.1, when they tried to
 * @param reason the message without what the token says, where that is in it
 */
export function unauthenticated(
  message = 'Sign in: send a bearer token in the Authorization header.',
  tried?: 'invalid_request' | 'invalid_token',
  reason = message,
): UnauthenticatedError {
  return new UnauthenticatedError(message, tried ? `Bearer error="${tried}"` : 'Bearer', reason);
}

/** The caller may not do this at all. */
export const forbidden = (message: string, node: ASTNode): GraphQLError =>
  new GraphQLError(message, { nodes: [node], extensions: { code: 'FORBIDDEN', http: { status: 403 } } });

/**
 * The call itself is malformed.
 * @param inputPath where in the arguments, such as `["input", "planId"]`
 */
export const badUserInput = (message: string, inputPath: readonly (string | number)[]): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', ...(inputPath.length > 0 && { inputPath: inputPath.map(String) }) },
  });

/** The call asks for more than a viewer is given at once. */
export const queryTooComplex = (message: string, extensions: object): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX', ...extensions, http: { status: 400 } } });
