import { Refusal } from '../kernel/index.ts';
import type { ServerEvent } from './events.ts';
import type { Incoming } from './incoming.ts';
import type { Reply } from './reply.ts';
import { words } from './words.ts';

/** Between two signs of life, so that proxies keep the connection and the browser notices a dead one. */
const usualHeartBeatMs = 15_000;
/** Every so many heart-beats, the session is looked at again: a revoked one stops hearing. */
const beatsBetweenChecks = 4;
/** How long a browser waits before it comes back. */
const retryMs = 2_000;
const maximumStreams = 1_000;

/** Server-sent events (WHATWG HTML §9.2), from what a handler yields. */
export function eventsReply(incoming: Incoming, events: AsyncIterable<ServerEvent>): Reply {
  const live = incoming.context.liveStreams;
  if (incoming.context.stopping.aborted || live.count >= maximumStreams) {
    throw new Refusal('http.no_more_streams', 503, words.stopping);
  }
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
    cookies: [],
    body: stream(incoming, events),
  };
}

async function* stream(incoming: Incoming, events: AsyncIterable<ServerEvent>): AsyncGenerator<Uint8Array> {
  const live = incoming.context.liveStreams;
  const encoder = new TextEncoder();
  live.count += 1;
  try {
    yield encoder.encode(`retry: ${retryMs}\n\n`);
    for await (const text of withHeartBeats(incoming, events)) yield encoder.encode(text);
  } catch (error) {
    // The browser comes back by itself, with the last id it saw.
    incoming.context.options.log.warn({ error }, 'http.events_failed');
  } finally {
    live.count -= 1;
  }
}

async function* withHeartBeats(incoming: Incoming, events: AsyncIterable<ServerEvent>): AsyncGenerator<string> {
  const { signal } = incoming;
  const { heartBeatMs = usualHeartBeatMs } = incoming.context.options;
  const iterator = events[Symbol.asyncIterator]();
  let pending = iterator.next();
  let beats = 0;
  try {
    while (!signal.aborted) {
      const step = await firstOf(pending, heartBeatMs, signal);
      if (signal.aborted) return;
      if (step === 'beat') {
        beats += 1;
        if (beats % beatsBetweenChecks === 0 && !(await isStillIn(incoming))) return;
        yield ': still here\n\n';
        continue;
      }
      if (step.done === true) return;
      yield eventText(step.value);
      pending = iterator.next();
    }
  } finally {
    // What the handler waits for ends by the signal; nobody is left to hear how.
    pending.catch(() => undefined);
    iterator.return?.().catch(() => undefined);
  }
}

async function isStillIn(incoming: Incoming): Promise<boolean> {
  const { authenticate } = incoming.context.options;
  return (await authenticate(incoming.request, { keepsAlive: false })) !== null;
}

function firstOf<T>(pending: Promise<T>, timeoutMs: number, signal: AbortSignal): Promise<T | 'beat'> {
  return new Promise((resolve, reject) => {
    const beat = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', beat);
      resolve('beat');
    };
    const timer = setTimeout(beat, timeoutMs);
    signal.addEventListener('abort', beat, { once: true });
    pending.then(
      (value) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', beat);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', beat);
        reject(error);
      },
    );
  });
}

/** One event as text. An id or name can't end its line early; data is one `data:` line for each of its own. */
function eventText(event: ServerEvent): string {
  const oneLine = (text: string): string => text.replace(/[\r\n\0]/g, ' ');
  const data = typeof event.data === 'string' ? event.data : JSON.stringify(event.data);
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`);
  return `id: ${oneLine(event.id)}\nevent: ${oneLine(event.event)}\n${lines.join('\n')}\n\n`;
}
