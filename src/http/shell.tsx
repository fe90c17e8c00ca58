import type { Language } from '../kernel/index.ts';
import {
  BarePage,
  CodeBlock,
  isTheme,
  type MenuEntry,
  type Reader,
  renderFragment,
  renderPage,
  Shell,
  type Surroundings,
} from '../ui/index.ts';
import type { Content, CookieChange, PageAnswer } from './answers.ts';
import { readCookie } from './cookies.ts';
import { takeFlash } from './flash.ts';
import type { Incoming } from './incoming.ts';
import { languageCookie } from './language.ts';
import { paths } from './paths.ts';
import type { MenuLine } from './slice.ts';
import type { Who } from './who.ts';

const product = 'Socle';
/** Remembers light, dark or automatic for this browser. */
export const themeCookie = 'socle_theme';
/** The first users are French; a preference may come later. */
const timeZone = 'Europe/Paris';
const yearSeconds = 31_536_000;

function readerOf(incoming: Incoming, who: Who | null, language: Language): Reader {
  const theme = readCookie(incoming.request, themeCookie);
  return {
    language,
    timeZone,
    now: incoming.context.options.clock.now(),
    theme: isTheme(theme) ? theme : 'auto',
    csrf: incoming.shownCsrf(who),
  };
}

/** A whole page: what the handler described, within what surrounds every page. */
export async function wholePage(
  incoming: Incoming,
  who: Who | null,
  answer: PageAnswer,
  language: Language,
): Promise<{ readonly html: string; readonly cookies: readonly CookieChange[] }> {
  const { flash, cookies } = takeFlash(incoming.context.options.key, incoming.request);
  const parts = {
    title: answer.title,
    breadcrumbs: answer.breadcrumbs,
    lead: answer.lead,
    status: answer.badge,
    actions: answer.actions,
    flash: flash ?? undefined,
  };
  const content = (
    <>
      {flash?.copy === undefined ? null : <CodeBlock id="copy" label={flash.copy.label} code={flash.copy.value} />}
      {answer.content}
    </>
  );
  const page =
    who === null || answer.shell === 'bare' ? (
      <BarePage product={product} organisation={home(who)} path={addressOf(incoming)} {...parts}>
        {content}
      </BarePage>
    ) : (
      <Shell {...(await surroundings(incoming, who))} {...parts}>
        {content}
      </Shell>
    );
  return {
    html: renderPage(page, readerOf(incoming, who, language)),
    cookies: [...cookies, ...languageChoice(incoming, language)],
  };
}

/** A part of a page. */
export function pagePart(incoming: Incoming, who: Who | null, content: Content, language: Language): string {
  return renderFragment(content, readerOf(incoming, who, language));
}

function home(who: Who | null): Surroundings['organisation'] {
  const name = who?.organisation ?? product;
  return { text: { fr: name, en: name }, href: '/' };
}

/** This page's address as its language links keep it: with its other parameters. */
function addressOf(incoming: Incoming): string {
  const search = new URLSearchParams(incoming.url.searchParams);
  search.delete('language');
  return search.size === 0 ? incoming.url.pathname : `${incoming.url.pathname}?${search}`;
}

/** A page outside of the shell offers its languages as `?language=`: the choice is kept by this browser. */
function languageChoice(incoming: Incoming, language: Language): readonly CookieChange[] {
  if (incoming.url.searchParams.get('language') !== language) return [];
  return [{ name: languageCookie, value: language, maxAgeSeconds: yearSeconds }];
}

async function surroundings(incoming: Incoming, who: Who): Promise<Surroundings> {
  const { menu, create, notifications, options } = incoming.context;
  const isMine = (line: { readonly isFor?: (who: Who) => boolean }): boolean => line.isFor?.(who) ?? true;
  return {
    product,
    organisation: home(who),
    path: incoming.url.pathname,
    menu: [
      ...(await Promise.all(
        menu()
          .filter(isMine)
          .map((line) => counted(line, who)),
      )),
      ...(await Promise.all(options.slices.map((slice) => slice.menuOf?.(who) ?? []))).flat(),
    ],
    create: create().filter(isMine),
    ...(notifications === undefined
      ? {}
      : { notifications: { href: notifications.href, count: await notifications.unread(who) } }),
    ...(options.searchAction === undefined ? {} : { search: { action: options.searchAction } }),
    person: {
      name: who.user.name,
      detail: who.user.email ?? undefined,
      accountHref: paths.account,
      preferencesAction: paths.preferences,
      signOutAction: paths.signOut,
    },
  };
}

async function counted(line: MenuLine, who: Who): Promise<MenuEntry> {
  return line.waiting === undefined ? line : { ...line, count: await line.waiting(who) };
}
