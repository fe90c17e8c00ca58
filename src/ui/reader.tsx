import type { Child } from 'hono/jsx';
import { createContext, useContext } from 'hono/jsx';
import { type Language, type Text, typeset } from '../kernel/index.ts';

export const themes = ['auto', 'light', 'dark'] as const;
/** `auto` follows the device (prefers-color-scheme); the other two are a stored choice. */
export type Theme = (typeof themes)[number];

export function isTheme(value: unknown): value is Theme {
  return value === 'auto' || value === 'light' || value === 'dark';
}

/** For whom a page is written: every component reads it, so none takes a language as a prop. */
export interface Reader {
  readonly language: Language;
  /** IANA name, such as `Europe/Paris`. */
  readonly timeZone: string;
  /** From the injected clock: "3 days left" must be the server's truth, and tests must be able to fix it. */
  readonly now: Date;
  readonly theme: Theme;
  /** The session's CSRF token, written in every POST form. Null when there is no session. */
  readonly csrf: string | null;
}

/** A reader, with what picks their language out of a text. */
export interface CurrentReader extends Reader {
  say(text: Text): string;
}

const ReaderContext = createContext<CurrentReader | null>(null);

/** Says for whom its children are rendered. `render` does it; nest it only to quote another language. */
export function Reading(props: { readonly reader: Reader; readonly children?: Child | undefined }) {
  const { language } = props.reader;
  const current = { ...props.reader, say: (text: Text) => typeset(text, language) };
  return <ReaderContext.Provider value={current}>{props.children}</ReaderContext.Provider>;
}

/** Inside a component: the reader, and `say`, which picks their language. */
export function reader(): CurrentReader {
  const current = useContext(ReaderContext);
  if (current === null) throw new Error('A component was rendered outside of render(element, reader)');
  return current;
}

/** `<Say text={{ fr: 'Bonjour', en: 'Hello' }} />`: a text alone, without an element around it. */
export function Say(props: { readonly text: Text }) {
  return <>{reader().say(props.text)}</>;
}
