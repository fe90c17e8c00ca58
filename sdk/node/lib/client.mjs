import { setTimeout as pause } from 'node:timers/promises';

const pausesMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 120_000, 240_000];

/** Socle's answer was a refusal that asking again won't change. */
class Refused extends Error {
  constructor(status, problem) {
    super(`Socle answered ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/** Calls Socle with the application's key. */
export function client({ url, key, log, signal, wait = pause }) {
  const root = url.replace(/\/+$/, '');

  async function call(method, path, body, timeoutMs = 20_000) {
    const response = await fetch(`${root}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A key must not follow to wherever an answer points.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const text = await response.text();
    if (response.ok) return text === '' ? null : JSON.parse(text);
    if (response.status < 500 && ![408, 425, 429].includes(response.status)) {
      throw new Refused(response.status, typeOf(text));
    }
    throw Object.assign(new Error(`Socle answered ${response.status}`), { status: response.status });
  }

  /** Sends an answer until Socle has it, for about eight minutes; the order's repeat sends it again after that. */
  async function outcome(answer) {
    for (const [attempt, pauseMs] of [...pausesMs, null].entries()) {
      try {
        await call('POST', `/orders/${encodeURIComponent(answer.order)}/outcome`, answer);
        log('info', 'order.answered', { order: answer.order, outcome: answer.outcome });
        return true;
      } catch (error) {
        const told = { order: answer.order, status: error.status, problem: error.problem, attempt: attempt + 1 };
        if (error instanceof Refused) {
          log('error', 'order.answer_refused', told);
          return false;
        }
        if (signal.aborted) return false;
        log('warn', 'order.answer_not_sent', { ...told, error: error.name });
        if (pauseMs === null) return false;
        await wait(pauseMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
      }
    }
    return false;
  }

  return {
    outcome,
    receipt: (id) => call('POST', `/orders/${encodeURIComponent(id)}/receipt`, {}),
    /** Waits up to `seconds` for orders. */
    orders: (seconds) => call('GET', `/orders?wait=${seconds}`, undefined, (seconds + 15) * 1_000),
    wait,
  };
}

/** The stable type of a problem document (RFC 9457): it names no person, its detail might. */
function typeOf(text) {
  try {
    return JSON.parse(text).type;
  } catch {
    return undefined;
  }
}
