import { Temporal } from 'temporal-polyfill';

/** Where moments are typed and shown. */
export const timeZone = 'Europe/Paris';

/** A moment without offset, as a browser's control or a file gives it, with that of the place; anything else is left for the type to refuse. */
export function momentInput(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/.test(text)) return text;
  try {
    return Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(timeZone).toInstant().toString();
  } catch {
    return text;
  }
}
