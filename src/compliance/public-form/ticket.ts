import { derive, hmacSha256, type Problem, Refusal, sameBytes, type Text } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';

/** Nobody reads the form and gives an address in less. */
const leastMs = 2_000;
const mostMs = 24 * 3_600_000;

/** Written in the form when it is shown: when that was, signed. Names nobody, and is kept nowhere. */
export function issueTicket(scope: Scope, now: Date): string {
  const at = now.getTime().toString(36);
  return `${at}.${signature(scope, at).toString('base64url')}`;
}

/** The ticket to show again with what was typed: the same, so that its time is not lost; a new one when it can't serve. */
export function ticketAgain(scope: Scope, ticket: string | undefined, now: Date): string {
  const age = ageOf(scope, ticket, now);
  return ticket === undefined || age === null || age > mostMs ? issueTicket(scope, now) : ticket;
}

/**
 * Refuses a form that no page of ours showed, or that was sent faster than it can be read. The refusal shows the form again
 * with all that was typed: a person only presses the button once more.
 */
export function expectTicket(scope: Scope, ticket: string | undefined, now: Date): void {
  const age = ageOf(scope, ticket, now);
  if (age === null || age > mostMs) throw refused('form.stale', words.stale);
  if (age < leastMs) throw refused('form.too_fast', words.tooFast);
}

/** The field that people don't see: what fills it reads the page's source, not the page. */
export function expectEmptyTrap(value: string | undefined): void {
  if (value === undefined || value === '') return;
  const { trap: text } = words;
  throw new Refusal('form.trap', 422, text, [{ pointer: '/homepage', code: 'form.trap', text }]);
}

function ageOf(scope: Scope, ticket: string | undefined, now: Date): number | null {
  const [at = '', given = ''] = (ticket ?? '').split('.');
  if (!sameLength(given, signature(scope, at))) return null;
  const age = now.getTime() - Number.parseInt(at, 36);
  return age >= 0 ? age : null;
}

function sameLength(given: string, wanted: Buffer): boolean {
  const bytes = Buffer.from(given, 'base64url');
  return bytes.length === wanted.length && sameBytes(bytes, wanted);
}

function signature(scope: Scope, at: string): Buffer {
  return hmacSha256(derive(scope.keys.lookup, 'form ticket'), at).subarray(0, 16);
}

function refused(code: string, text: Text): Refusal {
  const problem: Problem = { pointer: '/email', code, text };
  return new Refusal(code, 422, text, [problem]);
}

const words = {
  tooFast: {
    fr: 'Le formulaire a été envoyé plus vite qu’on ne peut le lire. Relisez-le et envoyez-le de nouveau : ce que vous avez écrit est encore là.',
    en: 'The form was sent faster than it can be read. Read it again and send it again: what you wrote is still there.',
  },
  stale: {
    fr: 'Cette page était ouverte depuis trop longtemps. Envoyez de nouveau : ce que vous avez écrit est encore là.',
    en: 'This page had been open for too long. Send it again: what you wrote is still there.',
  },
  trap: {
    fr: 'Ce champ sert à reconnaître les robots : laissez-le vide, puis envoyez de nouveau.',
    en: 'This field serves to recognise robots: leave it empty, then send again.',
  },
} as const;
