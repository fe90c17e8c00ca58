import { performance } from 'node:perf_hooks';
import { type Signer, signedHeaders } from '../../channels/index.ts';
import { type Id, publicId, Refusal, randomSecret } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { signersOf } from '../application/signing.ts';
import type { Engine } from '../engine.ts';
import type { Sent, Signing } from './seen.ts';

/** What a test needs of a channel. */
export interface Driver {
  send(message: { readonly id: string; readonly body: Buffer }, signing: Signing): Promise<Sent>;
  /** Whether anybody answers there, whatever they answer. */
  isUp(): Promise<boolean>;
}

/** As `deliverWebhook` does; here a wrong answer is what one looks for. */
const timeoutMs = 10_000;
const tenMinutesMs = 600_000;

/** Drives an application by its webhook, signed with the secrets it really has: or not, when that is the case to try. */
export async function webhookDriver(engine: Engine, scope: Scope, application: Id<'application'>): Promise<Driver> {
  const url = await engine.applications.address(scope, application);
  const signers = await signersOf(scope, application);
  const post = async (headers: Readonly<Record<string, string>>, body: Buffer) =>
    engine.caller.post(url, { headers, body, timeoutMs, limitBytes: 16_384 });
  return {
    send: async ({ id, body }, signing) => {
      const begun = performance.now();
      const headers = {
        'content-type': 'application/cloudevents+json',
        'user-agent': 'Socle-Webhook/1',
        ...signatureFor(signing, publicId('ord', id), scope.clock.now(), body, signers),
      };
      const latencyMs = () => Math.round(performance.now() - begun);
      try {
        const { status } = await post(headers, signing === 'altered' ? altered(body) : body);
        return { signing, status, latencyMs: latencyMs(), problem: null };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { signing, status: null, latencyMs: latencyMs(), problem: error.text };
      }
    },
    isUp: () =>
      post({ 'content-type': 'application/json' }, Buffer.from('{}')).then(
        () => true,
        (error) => {
          if (error instanceof Refusal) return false;
          throw error;
        },
      ),
  };
}

function signatureFor(
  signing: Signing,
  id: string,
  now: Date,
  body: Buffer,
  signers: readonly Signer[],
): Readonly<Record<string, string>> {
  switch (signing) {
    case 'well':
    case 'offered':
    case 'altered':
      return signedHeaders(id, now, body, signers);
    case 'expired':
      return signedHeaders(id, new Date(now.getTime() - tenMinutesMs), body, signers);
    case 'wrongly':
      return signedHeaders(id, now, body, signers.map(strangerTo));
    case 'unsigned':
      return {};
  }
}

/** Signs as another does: same scheme, a secret that nobody has. */
function strangerTo(signer: Signer): Signer {
  return signer.kind === 'hmac' ? { kind: 'hmac', secret: randomSecret() } : { kind: 'ed25519', seed: randomSecret() };
}

/** Names somebody else than what was signed. */
function altered(body: Buffer): Buffer {
  return Buffer.from(body.toString().replace(/absent/gi, 'absend'));
}
