import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Config, Language } from '../kernel/index.ts';

/** What a running server leaves in its data folder: where it is. The operator's token is in a file of its own. */
const runningSchema = z.object({ pid: z.number(), url: z.url() });
export type Running = z.output<typeof runningSchema>;

export function runningFile(dataFolder: string): string {
  return join(dataFolder, 'socle.json');
}

/** The server that runs on this data folder; null when none answers. */
export async function findRunning(dataFolder: string): Promise<Running | null> {
  const text = await readFile(runningFile(dataFolder), 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = runningSchema.safeParse(tryJson(text));
  if (!parsed.success) return null;
  const isHere = await fetch(`${parsed.data.url}/health`, { signal: AbortSignal.timeout(3_000) }).then(
    (response) => response.ok,
    () => false,
  );
  return isHere ? parsed.data : null;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** An answer that isn't a success: the problem document's title, detail and problems, in the operator's language. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';

  constructor(
    readonly status: number,
    readonly problem: unknown,
  ) {
    super(`refused with ${status}`);
  }

  get lines(): readonly string[] {
    const parsed = z
      .object({
        title: z.string().optional(),
        detail: z.string().optional(),
        errors: z.array(z.object({ pointer: z.string().optional(), detail: z.string() })).optional(),
      })
      .safeParse(this.problem);
    if (!parsed.success) return [`The server answered ${this.status}.`];
    const { title, detail, errors = [] } = parsed.data;
    const words = [detail ?? title ?? `The server answered ${this.status}.`];
    return [...words, ...errors.map((error) => `  ${error.pointer ?? ''} ${error.detail}`.trimEnd())];
  }
}

interface SentBody {
  readonly body: string | ReadableStream<Uint8Array>;
  readonly contentType: string;
}

function jsonBody(value: unknown): SentBody {
  return { body: JSON.stringify(value), contentType: 'application/json' };
}

export interface ClientOptions {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly url: string;
  readonly key: string;
  readonly organisation: string | null;
  readonly language: Language;
  readonly config: Config;
  readonly close: () => Promise<void>;
}

/** Calls the API of the running server, or of the application composed in this process: the same routes either way. */
export class Client {
  constructor(private readonly options: ClientOptions) {}

  get config(): Config {
    return this.options.config;
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await (await this.send('GET', path)).json());
  }

  async post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await (await this.send('POST', path, jsonBody(body))).json());
  }

  async put<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await (await this.send('PUT', path, jsonBody(body))).json());
  }

  /** A file, sent as it is read. */
  async upload<T>(path: string, file: string, schema: z.ZodType<T>): Promise<T> {
    const body = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
    const answer = await this.send('POST', path, { body, contentType: 'application/octet-stream' });
    return schema.parse(await answer.json());
  }

  async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.send('GET', path)).arrayBuffer());
  }

  /** Asks again until `isDone`, or until the time is up; then what was last seen. */
  async poll<T>(path: string, schema: z.ZodType<T>, isDone: (value: T) => boolean, seconds: number): Promise<T> {
    const deadline = performance.now() + seconds * 1_000;
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 1.5, 500)) {
      const value = await this.get(path, schema);
      if (isDone(value) || performance.now() > deadline) return value;
      await wait(pauseMs);
    }
  }

  close(): Promise<void> {
    return this.options.close();
  }

  private async send(method: 'GET' | 'POST' | 'PUT', path: string, sent?: SentBody): Promise<Response> {
    const { url, key, organisation, language } = this.options;
    const request = new Request(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'accept-language': language,
        ...(organisation === null ? {} : { 'socle-organisation': organisation }),
        ...(sent === undefined ? {} : { 'content-type': sent.contentType, 'idempotency-key': crypto.randomUUID() }),
      },
      // Node asks for `duplex` where a body is a stream.
      ...(sent === undefined ? {} : { body: sent.body, duplex: 'half' }),
    });
    const response = await this.options.fetch(request);
    if (!response.ok) throw new RefusedCall(response.status, tryJson(await response.text()));
    return response;
  }
}
