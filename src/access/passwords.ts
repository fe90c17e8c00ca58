import { hash, verify } from '@node-rs/argon2';
import { Refusal, randomSecret, type Text } from '../kernel/index.ts';

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane; the library's algorithm is argon2id. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const minimumLength = 12;
/** Longer ones only cost time to hash. */
const maximumLength = 200;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), parameters);
}

let dummy: Promise<string> | null = null;

/**
 * Whether a password is the right one. With no hash (nobody has that account) the same work is done and the answer
 * is no, so that the time taken does not tell who exists.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword(randomSecret().toString('hex'));
  const isRight = await verify(passwordHash ?? (await dummy), password.slice(0, maximumLength).normalize('NFC'));
  return isRight && passwordHash !== null;
}

/** A password that nobody chose, for a new user to change: 20 characters, about 100 bits. */
export function newPassword(): string {
  return randomSecret(15).toString('base64url');
}

const refused = (text: Text): Refusal =>
  new Refusal('access.weak_password', 422, text, [{ pointer: '/password', code: 'weak', text }]);

/**
 * Refuses a weak password. Length is what counts (CNIL's recommendation of 2022, NIST SP 800-63B): no rule about
 * kinds of characters, but nothing that an attacker would try first.
 */
export function expectStrongPassword(password: string, known: readonly string[]): void {
  if ([...password].length < minimumLength || password.length > maximumLength) {
    throw refused({
      fr: `Le mot de passe compte de ${minimumLength} à ${maximumLength} caractères ; une phrase de quelques mots convient bien.`,
      en: `The password has ${minimumLength} to ${maximumLength} characters; a sentence of a few words does well.`,
    });
  }
  const plain = password.toLowerCase();
  const isGuessable =
    new Set(plain).size < 5 ||
    /^(?:0123456789|1234567890|abcdefghij|azertyuiop|qwertyuiop|motdepasse|password)/.test(plain) ||
    known.some((word) => word.length >= 4 && plain.includes(word.toLowerCase()));
  if (isGuessable) {
    throw refused({
      fr: 'Ce mot de passe se devine trop vite : évitez votre nom, votre adresse, les suites et les répétitions.',
      en: 'This password is guessed too fast: avoid your name, your address, sequences and repetitions.',
    });
  }
}
