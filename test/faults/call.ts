import type { Fate } from './fate.ts';
import { nothing } from './network.ts';
import { minute, type World } from './world.ts';

/** A call of Socle's API, or of one of its pages, as HTTP says it. */
export interface HttpCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** `name=value` of each cookie that it sets. */
  readonly cookies: readonly string[];
}

/** Calls Socle over the network, `name` saying what for; null when no answer came. */
export type CallSocle = (name: string, call: HttpCall) => Promise<HttpAnswer | null>;

/** Has Socle do what an operator asks for, with the same idempotency key until an answer comes; answers with its text. */
export async function untilTaken(
  world: World,
  callSocle: CallSocle,
  name: string,
  call: { readonly method?: 'POST' | 'DELETE'; readonly path: string; readonly body?: object },
  isTaken: (status: number) => boolean = (status) => status < 300,
): Promise<HttpAnswer> {
  for (;;) {
    const answer = await callSocle(name, {
      method: call.method ?? 'POST',
      path: `/api/v1${call.path}`,
      headers: { authorization: 'Bearer operator', 'idempotency-key': keyOf(name, world.fate) },
      body: call.body === undefined ? null : JSON.stringify(call.body),
    });
    if (answer !== nothing && isTaken(answer.status)) return answer;
    await world.timeline.sleep(minute / 2);
  }
}

function keyOf(name: string, fate: Fate): string {
  return `${name} ${fate.seed}`.replaceAll(' ', '-');
}
