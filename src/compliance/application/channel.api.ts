import { z } from 'zod';
import { may } from '../../access/index.ts';
import { Answer, type ApiApp, type Call, created, noContent } from '../../http/index.ts';
import { type Id, parseId, publicId, Refusal } from '../../kernel/index.ts';
import { type ApplicationLine, limitsSchema, setLimits } from '../../repository/index.ts';
import { write, writeOnce } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { wakeWaiting } from '../order/delivery/line.ts';
import {
  type IssuedKind,
  issueCredential,
  issuedKinds,
  listCredentials,
  registerAnswerKey,
  revokeCredential,
} from './credentials.ts';
import { healthJson, healthOf } from './health.ts';
import { replayDead } from './replay.ts';
import { tryChannel } from './try.ts';

const connect = may('applications.connect');

type Asked = Pick<Call<string, unknown, unknown>, 'who' | 'cause' | 'requestHash'>;

/** What an application is given and asked to connect by: its credentials. For those who connect applications. */
export function channelApi(engine: Engine, app: ApiApp): void {
  healthApi(engine, app);
  app.get(
    '/applications/:id/credentials',
    { summary: 'The valid credentials of an application, without their secrets', allow: connect },
    async (call) => {
      const line = await engine.applications.find(call.who.scope, call.params.id);
      const items = await listCredentials(call.who.scope, line.id);
      return { items: items.map((each) => ({ ...each, id: publicId('key', each.id) })), next: null };
    },
  );
  app.post(
    '/applications/:id/credentials',
    {
      summary: 'Makes a key, a signing secret or a key pair; what is shown is in this answer only',
      body: z.strictObject({ kind: z.enum(issuedKinds) }),
      allow: connect,
    },
    async (call) => {
      const line = await engine.applications.find(call.who.scope, call.params.id);
      const { id, shown } = await issueOnce(call, line, call.body.kind);
      const body = { id, kind: call.body.kind, secret: shown };
      if (shown === null) return new Answer(200, body);
      return created(`/api/v1/applications/${publicId('app', line.id)}/credentials/${id}`, body);
    },
  );
  app.delete(
    '/applications/:id/credentials/:credential',
    { summary: 'Revokes a credential of an application, from now on', allow: connect },
    async (call) => {
      const line = await engine.applications.find(call.who.scope, call.params.id);
      await write(call.who.scope, call.cause, (writing) =>
        revokeCredential(writing, line.id, credentialId(call.params.credential)),
      );
      return noContent();
    },
  );
  app.post(
    '/applications/:id/answer-keys',
    {
      summary: 'Registers the Ed25519 public key with which an application signs its answers',
      body: z.strictObject({ publicKey: z.string().min(40).max(400) }),
      allow: connect,
    },
    async (call) => {
      const line = await engine.applications.find(call.who.scope, call.params.id);
      const written = await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
        const id = await registerAnswerKey(writing, line.id, call.body.publicKey);
        return { status: 201, resource: publicId('key', id) };
      });
      const id = written.resource;
      return created(`/api/v1/applications/${publicId('app', line.id)}/credentials/${id}`, { id, kind: 'answers' });
    },
  );
}

/** How an application fares, its limits, trying it, and replaying its dead letters. */
function healthApi(engine: Engine, app: ApiApp): void {
  app.get(
    '/applications/:id/health',
    { summary: 'How an application fares with its orders', allow: may('repository.read') },
    async (call) => {
      const line = await engine.applications.find(call.who.scope, call.params.id);
      return { application: publicId('app', line.id), ...healthJson(await healthOf(call.who.scope, line.id)) };
    },
  );
  app.put(
    '/applications/:id/limits',
    { summary: 'How much, how fast and when an application takes orders', body: limitsSchema, allow: connect },
    async (call) => {
      const line = await engine.applications.find(call.who.scope, call.params.id);
      await write(call.who.scope, call.cause, async (writing) => {
        await setLimits(writing, line.id, call.body);
        await wakeWaiting(writing.tx, line.id, writing.now);
      });
      return call.body;
    },
  );
  app.post(
    '/applications/:id/try',
    { summary: 'Tries the connection of an application without naming anybody', allow: connect },
    async (call) => {
      const line = await engine.applications.find(call.who.scope, call.params.id);
      return tryChannel(engine, call.who.scope, call.cause, line);
    },
  );
  app.post(
    '/applications/:id/replay',
    { summary: 'Replays the dead letters of an application', allow: connect },
    async (call) => {
      const line = await engine.applications.find(call.who.scope, call.params.id);
      return { replayed: await replayDead(call.who.scope, call.cause, line.id) };
    },
  );
}

/** Issues once for an idempotency key: a repeat has nothing to show. */
export async function issueOnce(
  asked: Asked,
  line: ApplicationLine,
  kind: IssuedKind,
): Promise<{ readonly id: string; readonly shown: string | null }> {
  let shown: string | null = null;
  const written = await writeOnce(asked.who.scope, asked.cause, asked.requestHash, async (writing) => {
    const made = await issueCredential(writing, line.id, kind);
    shown = made.shown;
    return { status: 201, resource: publicId('key', made.id) };
  });
  return { id: written.resource, shown: written.isRepeat ? null : shown };
}

export function credentialId(text: string): Id<'application_credential'> {
  const id = parseId('key', text);
  if (id !== null) return id;
  throw new Refusal('application.no_credential', 404, {
    fr: 'Cette application n’a pas ce secret.',
    en: 'This application has no such secret.',
  });
}
