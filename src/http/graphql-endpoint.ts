import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer, HTTPGraphQLResponse } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Caller } from '../graphql/caller.js';
import type { RequestContext } from '../graphql/context.js';
import { type DocumentBounds, findBrokenTextBound } from '../graphql/document-bounds.js';
import { brokenBoundError } from '../graphql/document-bounds-guard.js';
import { bodyBoundsOf } from './body-bounds.js';
import {
  canOnlyRead,
  type GraphqlRequest,
  readGraphqlRequest,
  readHeaders,
  requireKnownForms,
} from './graphql-request.js';
import { refuseForOutage } from './outage-error.js';
import type { RateLimit } from './rate-limit.js';
import { readBody } from './request-body.js';
import { RequestsInFlight } from './requests-in-flight.js';
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
  /** @param mayRecall whether they may be taken for who they were the last time, until `confirm` says more */
  createContext(identity: Identity | null, mayRecall: boolean): Promise<RequestContext>;
  /** Whether an answer may leave; false when it was made in the name of somebody else than who asks now. */
  confirm(): Promise<boolean>;
}

/** Who is to be charged for a request, and for what, as far as that is known. */
interface Account {
  context: RequestContext | null;
  caller: Caller;
  /** How much was read; null while that is only the token. */
  characters: number | null;
}

/** A request on its way through. */
interface Exchange {
  incoming: IncomingMessage;
  response: ServerResponse;
  asker: Asker;
  account: Account;
}

const nobodyAt = (address: string): Caller => ({ viewer: null, tokenSubject: null, address, credential: null });

/** What is being read never ends where the request was answered meanwhile, because it took too long to arrive. */
async function unlessClosed<Value>(response: ServerResponse, reading: Promise<Value>): Promise<Value> {
  let stop = (): void => {};
  const closed = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('The request ended before it was read.'));
    response.once('close', stop);
  });
  try {
    return await Promise.race([reading, closed]);
  } finally {
    response.off('close', stop);
  }
}

/** Answers GraphQL requests; how, the GraphQL-over-HTTP specification says. */
export class GraphqlEndpoint {
  private readonly inFlight = new RequestsInFlight();

  constructor(private readonly parts: GraphqlEndpointParts) {}

  async answer(incoming: IncomingMessage, response: ServerResponse, asker: Asker): Promise<void> {
    const account: Account = { context: null, caller: nobodyAt(asker.address), characters: null };
    const answer = await this.execute({ incoming, response, asker, account });
    if (answer.body.kind !== 'complete') throw new Error('Incremental delivery is not supported.');
    response.writeHead(answer.status ?? 200, {
      ...Object.fromEntries(answer.headers),
      'cache-control': 'no-store', // whatever Apollo says of a document that it does not know
      'content-length': Buffer.byteLength(answer.body.string),
    });
    response.end(answer.body.string);
  }

  private async execute(exchange: Exchange): Promise<HTTPGraphQLResponse> {
    const { account } = exchange;
    try {
      const answer = await this.ask(exchange);
      if ((answer.status ?? 200) < 500 && answer.status !== 429) await this.settle(account);
      return answer;
    } catch (error) {
      // Refused, or only half sent: it had to be read.
      if (account.context === null) await this.settle(account);
      throw error;
    }
  }

  /** Takes something for what was refused before anybody knew what it costs, wherever that was. */
  private async settle({ context, caller, characters }: Account): Promise<void> {
    if (!context?.account.isCharged) await this.parts.rateLimit.chargeRefusal(caller, characters);
  }

  /** Looks at a request step by step, the cheapest first: nothing is read of a body whose sender may send none. */
  private async ask(exchange: Exchange): Promise<HTTPGraphQLResponse> {
    const { incoming, asker } = exchange;
    requireKnownForms(incoming);
    let leave: (() => void) | null = null;
    try {
      leave = this.inFlight.enter(asker.credential ?? asker.address);
      const identity = await asker.identify();
      return await this.read(exchange, identity);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return await this.refuse(incoming, error);
    } finally {
      leave?.();
    }
  }

  /** Says so as Apollo says what is refused later. */
  private refuse(incoming: IncomingMessage, error: unknown): Promise<HTTPGraphQLResponse> {
    return this.parts.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: incoming.method!, headers: readHeaders(incoming), search: '', body: '' },
      context: () => Promise.reject(error),
    });
  }

  private async read(exchange: Exchange, identity: Identity | null): Promise<HTTPGraphQLResponse> {
    const { incoming, response, asker, account } = exchange;
    if (identity) account.caller = { ...account.caller, tokenSubject: identity.subject, credential: asker.credential };
    account.characters = 0;
    const { bytes, parts } = bodyBoundsOf(identity);
    const count = (received: number) => {
      account.characters = received;
    };
    const sent = incoming.method === 'POST' ? await unlessClosed(response, readBody(incoming, bytes, count)) : '';
    const asked = readGraphqlRequest({ incoming, sent, maximumParts: parts }, this.parts.documents);
    return this.run(asked, exchange, identity);
  }

  /**
   * What only reads is run for whom the token named the last time. If Postgres finds that it names somebody else by now, or
   * nobody, all of that is thrown away, and it is run as if nobody had been remembered. See docs/adr/0019.
   */
  private async run(
    asked: GraphqlRequest,
    { incoming, asker, account }: Exchange,
    identity: Identity | null,
  ): Promise<HTTPGraphQLResponse> {
    const { caller } = account;
    const attempt = (mayRecall: boolean) => {
      Object.assign(account, { context: null, caller });
      return this.parts.apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: asked.request,
        context: () => this.admit(asked, () => asker.createContext(identity, mayRecall), account),
      });
    };
    const answer = await attempt(canOnlyRead(asked));
    try {
      if (await asker.confirm().catch(refuseForOutage)) return answer;
    } catch (error) {
      return this.refuse(incoming, error);
    }
    return attempt(false);
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
