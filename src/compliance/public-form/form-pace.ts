import { createSecretKey, randomBytes } from 'node:crypto';
import { type Clock, hmacSha256, Refusal } from '../../kernel/index.ts';

const hourMs = 3_600_000;
/** A person asks once; a household, a library, a call centre behind one address a few times. */
const mostAnHour = 10;

/**
 * Slows down whoever fills the public form again and again. Network addresses are personal data: only their hashes,
 * under a key that dies with the process, are held, for an hour, in memory.
 */
export class FormPace {
  readonly #key = createSecretKey(randomBytes(32));
  readonly #seen = new Map<string, number[]>();

  constructor(private readonly clock: Clock) {}

  /** Refuses (429) once too many came from the same address. */
  expect(address: string): void {
    const now = this.clock.now().getTime();
    const name = hmacSha256(this.#key, address).toString('base64url');
    for (const [other, times] of this.#seen) {
      if ((times.at(-1) ?? 0) < now - hourMs) this.#seen.delete(other);
    }
    const recent = (this.#seen.get(name) ?? []).filter((at) => at > now - hourMs);
    if (recent.length >= mostAnHour) throw tooMany();
    this.#seen.set(name, [...recent, now]);
  }
}

function tooMany(): Refusal {
  return new Refusal('form.too_many', 429, {
    fr: 'Trop de demandes viennent d’être envoyées depuis votre connexion. Réessayez dans une heure, ou écrivez à l’organisation.',
    en: 'Too many requests were just sent from your connection. Try again in an hour, or write to the organisation.',
  });
}
