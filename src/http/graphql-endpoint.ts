import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer, HTTPGraphQLResponse } from '@apollo/server';
import type { Caller } from '../graphql/caller.js';
import type { RequestContext } from '../graphql/context.js';
import { type DocumentBounds, findBrokenTextBound } from '../graphql/document-bounds.js';
import { brokenBoundError } from '../graphql/document-bounds-guard.js';
import { type GraphqlRequest, readGraphqlRequest } from './graphql-request.js';
import { refuseForOutage } from './outage-error.js';
import type { RateLimit } from './rate-limit.js';
import { RequestRefusal } from './request-refusal.js';
import { type DocumentModes, modeOf } from './trusted-documents/document-mode.js';
import { documentRefusal } from './trusted-documents/document-refusal.js';
import type { TrustedDocuments } from './trusted-documents/trusted-documents.js';

export interface GraphqlEndpointParts {
  apollo: ApolloServer<RequestContext>;
  documents: TrustedDocuments;
  documentModes: DocumentModes;
  bounds: DocumentBounds;
  rateLimit: RateLimit;
  addressOf(request: IncomingMessage): string;
}

type CreateContext = () => Promise<RequestContext>;

/** Who is to be charged for a request, as far as that is known. */
interface Asking {
  context: RequestContext | null;
  caller: Caller;
}

/** Answers GraphQL requests; how, the GraphQL-over-HTTP specification says. */
export class GraphqlEndpoint {
  constructor(private readonly parts: GraphqlEndpointParts) {}

  async answer(incoming: IncomingMessage, response: ServerResponse, createContext: CreateContext): Promise<void> {
    const address = this.parts.addressOf(incoming);
    const asking: Asking = { context: null, caller: { viewer: null, address, credential: null } };
    const answer = await this.execute(incoming, createContext, asking);
    if (answer.body.kind !== 'complete') throw new Error('Incremental delivery is not supported.');
    response.writeHead(answer.status ?? 200, {
      ...Object.fromEntries(answer.headers),
      'cache-control': 'no-store', // whatever Apollo says of a document that it does not know
      'content-length': Buffer.byteLength(answer.body.string),
    });
    response.end(answer.body.string);
  }

  private async execute(
    incoming: IncomingMessage,
    createContext: CreateContext,
    asking: Asking,
  ): Promise<HTTPGraphQLResponse> {
    const { apollo, documents } = this.parts;
    try {
      const asked = await readGraphqlRequest(incoming, documents);
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: asked.request,
        context: () => this.admit(asked, createContext, asking),
      });
      if ((answer.status ?? 200) < 500) await this.settle(asking);
      return answer;
    } catch (error) {
      if (error instanceof RequestRefusal) await this.settle(asking);
      throw error;
    }
  }

  /** Takes something for what was refused before anybody knew what it costs, wherever that was. */
  private async settle({ context, caller }: Asking): Promise<void> {
    if (!context?.account.isCharged) await this.parts.rateLimit.chargeRefusal(caller);
  }

  /** Finds out who asks, and refuses what must not even be parsed for them. */
  private async admit(
    { text, standing }: GraphqlRequest,
    createContext: CreateContext,
    asking: Asking,
  ): Promise<RequestContext> {
    const broken = findBrokenTextBound(text, this.parts.bounds);
    if (broken) throw brokenBoundError(broken.bound, broken.limit);
    const context = await createContext().catch(refuseForOutage);
    asking.context = context;
    asking.caller = context.caller;
    const refusal = documentRefusal(standing, modeOf(this.parts.documentModes, context.signedIn));
    if (refusal) throw refusal;
    return context;
  }
}
