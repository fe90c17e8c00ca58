import { isLanguage, type Language } from '../kernel/index.ts';
import { readCookie } from './cookies.ts';

/** Remembers the language chosen by somebody who isn't signed in. */
export const languageCookie = 'socle_language';

/** What this address asks for (`?language=en`), else what the person chose, else this browser's cookie, else what the browser asks for, else French. */
export function languageOf(request: Request, chosen: Language | null): Language {
  const asked = new URL(request.url).searchParams.get('language');
  if (isLanguage(asked)) return asked;
  if (chosen !== null) return chosen;
  const cookie = readCookie(request, languageCookie);
  if (isLanguage(cookie)) return cookie;
  return preferred(request.headers.get('accept-language')) ?? 'fr';
}

/** The first language we have, by the weights of `Accept-Language` (RFC 9110 §12.5.4). */
function preferred(header: string | null): Language | null {
  const asked = (header ?? '').split(',').flatMap((part) => {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = Number(/^q=([\d.]+)$/.exec(parameters.map((text) => text.trim()).join(''))?.[1] ?? 1);
    const language = range.split('-', 1)[0];
    return isLanguage(language) && weight > 0 ? [{ language, weight }] : [];
  });
  return asked.sort((a, b) => b.weight - a.weight)[0]?.language ?? null;
}
