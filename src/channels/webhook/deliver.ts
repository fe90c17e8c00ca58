import { Refusal, type Text } from '../../kernel/index.ts';
import type { Delivery } from '../delivery.ts';
import type { CallAnswer, HttpCaller } from '../http-guard/index.ts';
import { type Signer, signedHeaders } from './signature.ts';

export interface WebhookMessage {
  /** Stays the same when the message is sent again: what a receiver drops repeats by. */
  readonly id: string;
  readonly body: Buffer;
  /** `application/json`, `application/cloudevents+json`… */
  readonly contentType: string;
}

export interface WebhookTarget {
  readonly caller: HttpCaller;
  readonly url: string;
  readonly signers: readonly Signer[];
}

/** An application says that it has the order, no more: doing it comes after. */
const timeoutMs = 10_000;
/** What an application answers is not read: connect.md gives the outcome a call of its own. */
const answerLimitBytes = 16_384;

/** Posts a signed message. Any 2xx means that the application has it, whatever the body says. */
export async function deliverWebhook(target: WebhookTarget, message: WebhookMessage, at: Date): Promise<Delivery> {
  try {
    const answer = await target.caller.post(target.url, {
      headers: {
        'content-type': message.contentType,
        'user-agent': 'Socle-Webhook/1',
        ...signedHeaders(message.id, at, message.body, target.signers),
      },
      body: message.body,
      timeoutMs,
      limitBytes: answerLimitBytes,
    });
    return deliveryOf(answer, at);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'unreached', problem: error };
  }
}

/**
 * Everything but a 2xx may be mended on the other side without anything changing on ours (a deployment, a proxy, a
 * secret being rotated), so it is tried again; 410 says that nobody will ever listen there.
 */
function deliveryOf(answer: CallAnswer, at: Date): Delivery {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'received' };
  if (status === 410) return { kind: 'rejected', problem: statusProblem(status, gone) };
  const problem = statusProblem(status, advice(status));
  const retryAfterMs = retryAfter(answer.headers['retry-after'], at);
  return { kind: 'unreached', problem, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
}

function statusProblem(status: number, what: Text): Refusal {
  return new Refusal(status >= 300 && status < 400 ? 'webhook.redirect' : 'webhook.status', 502, {
    fr: `L’application a répondu ${status}. ${what.fr}`,
    en: `The application answered ${status}. ${what.en}`,
  });
}

const gone: Text = {
  fr: 'Plus personne n’écoute à cette adresse : corrigez-la, puis relancez l’ordre.',
  en: 'Nobody listens at this address any more: correct it, then retry the order.',
};

function advice(status: number): Text {
  if (status >= 300 && status < 400) {
    return {
      fr: 'Socle ne suit pas les redirections : donnez l’adresse finale.',
      en: 'Socle does not follow redirects: give the final address.',
    };
  }
  if (status === 401 || status === 403) {
    return {
      fr: 'Elle refuse la signature : vérifiez que son secret est celui de Socle et que son horloge est à l’heure.',
      en: 'It refuses the signature: check that its secret is Socle’s and that its clock is right.',
    };
  }
  if (status === 404 || status === 405) {
    return { fr: 'Vérifiez le chemin de l’adresse.', en: 'Check the path of the address.' };
  }
  if (status === 429) return { fr: 'Elle demande d’attendre.', en: 'It asks to wait.' };
  if (status >= 500) {
    return {
      fr: 'L’erreur est chez elle ; ses journaux la disent.',
      en: 'The error is on its side; its logs tell it.',
    };
  }
  return { fr: 'Une application acquitte par un code 2xx.', en: 'An application acknowledges with a 2xx status.' };
}

const longestRetryAfterMs = 3_600_000;

/** Seconds or an HTTP date (RFC 9110 §10.2.3), an hour at most: an application can't put its orders off for ever. */
function retryAfter(header: string | undefined, at: Date): number | null {
  if (header === undefined) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - at.getTime();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, longestRetryAfterMs) : null;
}
