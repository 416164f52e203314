import { type ASTNode, GraphQLError } from 'graphql';

/**
 * The caller did not say who they are.
 * @param reason the error code of RFC 6750, section 3.1, when they tried to
 */
export function unauthenticated(
  message = 'Sign in: send a bearer token in the Authorization header.',
  reason?: 'invalid_request' | 'invalid_token',
): GraphQLError {
  const challenge = reason ? `Bearer error="${reason}"` : 'Bearer';
  const headers = new Map([['www-authenticate', challenge]]);
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers } } });
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
