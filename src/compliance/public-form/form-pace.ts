import { createSecretKey, randomBytes } from 'node:crypto';
import { type Clock, hmacSha256, Refusal } from '../../kernel/index.ts';

const hourMs = 3_600_000;

/**
 * Counts what is asked again and again, by whom or for whom. Network addresses and e-mail addresses are personal data: only
 * their hashes, under a key that dies with the process, are held, for an hour, in memory.
 */
export class FormPace {
  readonly #key = createSecretKey(randomBytes(32));
  readonly #seen = new Map<string, number[]>();

  constructor(
    private readonly clock: Clock,
    private readonly mostAnHour: number,
  ) {}

  /** False once this was taken too often within the hour. */
  take(what: string): boolean {
    const now = this.clock.now().getTime();
    const name = hmacSha256(this.#key, what).toString('base64url');
    for (const [other, times] of this.#seen) {
      if ((times.at(-1) ?? 0) < now - hourMs) this.#seen.delete(other);
    }
    const recent = (this.#seen.get(name) ?? []).filter((at) => at > now - hourMs);
    if (recent.length >= this.mostAnHour) return false;
    this.#seen.set(name, [...recent, now]);
    return true;
  }

  /** Refuses (429) instead. */
  expect(what: string): void {
    if (!this.take(what)) throw tooMany();
  }
}

/** A person asks once; a household, a library, a call centre behind one address a few times. */
export const mostFormsAnHour = 10;

/** Beyond, nobody asks for themself: a stranger's mailbox is being filled. */
export const mostLettersAnHour = 3;

function tooMany(): Refusal {
  return new Refusal('form.too_many', 429, {
    fr: 'Trop de demandes viennent d’être envoyées depuis votre connexion. Réessayez dans une heure, ou écrivez à l’organisation.',
    en: 'Too many requests were just sent from your connection. Try again in an hour, or write to the organisation.',
  });
}
