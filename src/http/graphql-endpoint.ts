import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer, HTTPGraphQLResponse } from '@apollo/server';
import type { Caller } from '../graphql/caller.js';
import type { RequestContext } from '../graphql/context.js';
import { type DocumentBounds, findBrokenTextBound } from '../graphql/document-bounds.js';
import { brokenBoundError } from '../graphql/document-bounds-guard.js';
import { bodyBoundsOf } from './body-bounds.js';
import { type GraphqlRequest, readGraphqlRequest, readHeaders, requireKnownForms } from './graphql-request.js';
import { refuseForOutage } from './outage-error.js';
import type { RateLimit } from './rate-limit.js';
import { readBody } from './request-body.js';
import { RequestRefusal } from './request-refusal.js';
import type { Identity } from './sign-in/identity.js';
import { type DocumentModes, modeOf } from './trusted-documents/document-mode.js';
import { documentRefusal } from './trusted-documents/document-refusal.js';
import type { TrustedDocuments } from './trusted-documents/trusted-documents.js';

export interface GraphqlEndpointParts {
  apollo: ApolloServer<RequestContext>;
  documents: TrustedDocuments;
  documentModes: DocumentModes;
  bounds: DocumentBounds;
  rateLimit: RateLimit;
}

/** Finds out who asks: first what their token says, then who that is. */
export interface Asker {
  address: string;
  /** A digest of the token; null where there is none. */
  credential: string | null;
  identify(): Promise<Identity | null>;
  createContext(identity: Identity | null): Promise<RequestContext>;
}

/** Who is to be charged for a request, and for what, as far as that is known. */
interface Account {
  context: RequestContext | null;
  caller: Caller;
  /** How much was looked at; null while that is only the token. */
  characters: number | null;
}

/** Answers GraphQL requests; how, the GraphQL-over-HTTP specification says. */
export class GraphqlEndpoint {
  constructor(private readonly parts: GraphqlEndpointParts) {}

  async answer(incoming: IncomingMessage, response: ServerResponse, asker: Asker): Promise<void> {
    const caller: Caller = { viewer: null, address: asker.address, credential: null };
    const account: Account = { context: null, caller, characters: null };
    const answer = await this.execute(incoming, asker, account);
    if (answer.body.kind !== 'complete') throw new Error('Incremental delivery is not supported.');
    response.writeHead(answer.status ?? 200, {
      ...Object.fromEntries(answer.headers),
      'cache-control': 'no-store', // whatever Apollo says of a document that it does not know
      'content-length': Buffer.byteLength(answer.body.string),
    });
    response.end(answer.body.string);
  }

  private async execute(incoming: IncomingMessage, asker: Asker, account: Account): Promise<HTTPGraphQLResponse> {
    try {
      const answer = await this.ask(incoming, asker, account);
      if ((answer.status ?? 200) < 500 && answer.status !== 429) await this.settle(account);
      return answer;
    } catch (error) {
      if (error instanceof RequestRefusal) await this.settle(account);
      throw error;
    }
  }

  /** Takes something for what was refused before anybody knew what it costs, wherever that was. */
  private async settle({ context, caller, characters }: Account): Promise<void> {
    if (!context?.account.isCharged) await this.parts.rateLimit.chargeRefusal(caller, characters);
  }

  /** Looks at a request step by step, the cheapest first: nothing is read of a body whose sender may send none. */
  private async ask(incoming: IncomingMessage, asker: Asker, account: Account): Promise<HTTPGraphQLResponse> {
    const { apollo, documents } = this.parts;
    requireKnownForms(incoming);
    let identity: Identity | null;
    try {
      identity = await asker.identify();
    } catch (error) {
      return apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: incoming.method!, headers: readHeaders(incoming), search: '', body: '' },
        context: () => Promise.reject(error),
      });
    }
    account.caller = { viewer: null, address: asker.address, credential: asker.credential };
    account.characters = 0;
    const { bytes, parts } = bodyBoundsOf(identity);
    const sent = incoming.method === 'POST' ? await readBody(incoming, bytes) : '';
    account.characters = sent.length;
    const asked = readGraphqlRequest({ incoming, sent, maximumParts: parts }, documents);
    return apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: asked.request,
      context: () => this.admit(asked, () => asker.createContext(identity), account),
    });
  }

  /** Finds out who asks, and refuses what must not even be parsed for them. */
  private async admit(
    { text, standing }: GraphqlRequest,
    createContext: () => Promise<RequestContext>,
    account: Account,
  ): Promise<RequestContext> {
    const broken = findBrokenTextBound(text, this.parts.bounds);
    if (broken) throw brokenBoundError(broken.bound, broken.limit);
    const context = await createContext().catch(refuseForOutage);
    account.context = context;
    account.caller = context.caller;
    context.account.characters = account.characters ?? 0;
    const refusal = documentRefusal(standing, modeOf(this.parts.documentModes, context.signedIn));
    if (refusal) throw refusal;
    return context;
  }
}
