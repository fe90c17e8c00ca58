import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach } from 'vitest';
import type { Id } from '../../kernel/index.ts';
import { systemAsker } from '../../objects/index.ts';
import { addApplication } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import { issueCredential } from '../application/credentials.ts';
import { type ComplianceTest, operator } from './compliance.ts';

interface Got {
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** An application that listens for webhooks: what it got, and what it answers. Answers 200 until told otherwise. */
export class Listener {
  readonly got: Got[] = [];
  /** Writes the whole answer. */
  answer: (response: ServerResponse, request: IncomingMessage) => void = accept;
  port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}/orders`;
  }

  answers(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.answer = (response) => void response.writeHead(status, headers).end();
  }
}

const accept = (response: ServerResponse): void => void response.writeHead(200).end();

/** Starts one for this test file; what it got and how it answers are forgotten before each test. */
export async function listener(): Promise<Listener> {
  const application = new Listener();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      application.got.push({ headers: request.headers, body: Buffer.concat(chunks) });
      application.answer(response, request);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  application.port = (server.address() as AddressInfo).port;
  beforeEach(() => {
    application.got.length = 0;
    application.answer = accept;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return application;
}

/** Registers an application reached by webhook there, with what Socle signs with. */
export async function webhookApplication(
  { scope, model }: ComplianceTest,
  name: string,
  url: string,
): Promise<Id<'application'>> {
  const acting = { model, asker: systemAsker };
  const id = await addApplication(scope, operator, acting, {
    name,
    channel: 'webhook',
    url,
    identities: [],
    map: null,
  });
  await write(scope, operator, (writing) => issueCredential(writing, id, 'hmac'));
  await write(scope, operator, (writing) => issueCredential(writing, id, 'ed25519'));
  return id;
}
