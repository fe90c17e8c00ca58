import { lookup as resolve } from 'node:dns';
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Refusal } from '../../kernel/index.ts';
import type { Networks } from './networks.ts';
import {
  certificateProblem,
  forbiddenAddress,
  notHttps,
  unknownHost,
  unreachableHost,
  wrongAddress,
} from './problems.ts';

export interface CallOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** For the whole of it: resolving, connecting, sending, answering. */
  readonly timeoutMs: number;
  /** The answer is cut there, with its connection: whoever answers can't fill our memory. */
  readonly limitBytes: number;
}

export interface CallAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** What came within the limit. */
  readonly body: Buffer;
  readonly isCut: boolean;
}

/**
 * Calls addresses that somebody typed, without letting them lead us anywhere: only `https` (plain `http` within the networks
 * configured as internal), only addresses that may be called, checked where the connection is made, so that what was
 * checked is what is called, whatever the name resolves to a moment later (DNS rebinding). A redirect is an answer
 * like another and never followed. Certificates are always verified.
 */
export class HttpCaller {
  readonly #networks: Networks;
  readonly #plain: PlainAgent;
  readonly #tls: TlsAgent;

  constructor(networks: Networks, options: { readonly trusted?: readonly string[] } = {}) {
    this.#networks = networks;
    const pool = { keepAlive: true, maxSockets: 16, maxFreeSockets: 4, timeout: 60_000 };
    this.#plain = new PlainAgent({ ...pool, lookup: this.#lookup(true) });
    const ca = options.trusted === undefined ? {} : { ca: [...options.trusted] };
    this.#tls = new TlsAgent({ ...pool, ...ca, lookup: this.#lookup(false) });
  }

  /** Posts a body. Throws a `Refusal`: 422 when the address itself can't be called, 502 or 503 when nobody answered. */
  async post(address: string, options: CallOptions): Promise<CallAnswer> {
    const url = callableUrl(address);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0) this.#expectCallable(host, url.protocol === 'http:');
    try {
      return await this.#send(url, options);
    } catch (error) {
      throw asRefusal(error, url.host);
    }
  }

  #send(url: URL, { headers, body, timeoutMs, limitBytes }: CallOptions): Promise<CallAnswer> {
    const isPlain = url.protocol === 'http:';
    const send = isPlain ? plainRequest : tlsRequest;
    return new Promise((resolve, reject) => {
      const request = send(url, {
        method: 'POST',
        agent: isPlain ? this.#plain : this.#tls,
        headers: { ...headers, 'content-length': String(body.length) },
        signal: AbortSignal.timeout(timeoutMs),
      });
      request.on('error', reject);
      request.on('response', (response) => {
        readAnswer(response, limitBytes).then(resolve, reject);
      });
      request.end(body);
    });
  }

  #expectCallable(address: string, isPlain: boolean): void {
    if (!this.#networks.mayCall(address)) throw forbiddenAddress();
    if (isPlain && !this.#networks.isInternal(address)) throw notHttps();
  }

  /** Resolves a name for one connection; one forbidden address among several is enough to refuse the name. */
  #lookup(isPlain: boolean): LookupFunction {
    return (hostname, options, done) => {
      resolve(hostname, { ...options, all: true }, (error, addresses) => {
        if (error !== null) return done(error, '', 0);
        try {
          for (const { address } of addresses) this.#expectCallable(address, isPlain);
        } catch (refusal) {
          return done(refusal instanceof Error ? refusal : new Error('refused'), '', 0);
        }
        const [first] = addresses;
        if (options.all === true) return done(null, addresses);
        return done(null, first?.address ?? '', first?.family);
      });
    };
  }
}

/** The address as a URL that may be called; refuses (422) what a form or a file got wrong. */
export function callableUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') {
    throw wrongAddress();
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') throw wrongAddress();
  return url;
}

async function readAnswer(response: IncomingMessage, limitBytes: number): Promise<CallAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isCut = false;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    if (size + bytes.length > limitBytes) {
      isCut = true;
      break;
    }
    size += bytes.length;
    chunks.push(bytes);
  }
  // Leaving the loop early has destroyed the socket: nothing more is received.
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks), isCut };
}

const certificateCodes =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;

function asRefusal(error: unknown, host: string): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  if (certificateCodes.test(code)) return certificateProblem(host, code);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return unknownHost(host);
  return unreachableHost(host, code);
}
