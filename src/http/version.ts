import { Refusal } from '../kernel/index.ts';

/**
 * Optimistic locking (RFC 9110 §13.1.1): refuses (412) an update made from a version that is no longer the present
 * one. `asked` is the call's `ifMatch`, or the form's hidden version; null asks for nothing.
 */
export function expectVersion(asked: string | null, present: string | number): void {
  if (asked === null || asked === String(present)) return;
  throw new Refusal('version.conflict', 412, {
    fr: 'Quelqu’un d’autre a modifié ceci entre-temps ; rien de votre envoi n’a été enregistré. Relisez la version actuelle, puis recommencez.',
    en: 'Somebody else changed this meanwhile; nothing of yours was saved. Read the present version, then try again.',
  });
}

/** `"7"` → `7`; null when the header is absent or `*`. A weak or multiple tag is refused (400). */
export function readIfMatch(header: string | null): string | null {
  if (header === null || header.trim() === '*') return null;
  const strong = /^"([^"]*)"$/.exec(header.trim());
  if (strong?.[1] === undefined) {
    throw new Refusal('version.malformed', 400, {
      fr: 'L’en-tête If-Match attend une seule version entre guillemets, telle que rendue par ETag.',
      en: 'The If-Match header takes one quoted version, as ETag gave it.',
    });
  }
  return strong[1];
}
