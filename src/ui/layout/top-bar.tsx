import { type Language, languages, type Text } from '../../kernel/index.ts';
import { Csrf } from '../form/form.tsx';
import { Icon } from '../icon.tsx';
import { safeHref } from '../link.ts';
import { reader, type Theme, themes } from '../reader.tsx';
import { unread, words } from '../words.ts';

/** A link with its words. */
export interface LinkValue {
  readonly text: Text;
  readonly href: string;
}

export interface PersonMenu {
  readonly name: string;
  readonly detail?: string | undefined;
  readonly accountHref?: string | undefined;
  /** POST `language=fr|en` or `theme=auto|light|dark`, with `back`, the path to return to. */
  readonly preferencesAction: string;
  readonly signOutAction: string;
}

export interface TopBarProps {
  readonly product: string;
  readonly organisation: LinkValue;
  readonly path: string;
  readonly search?: { readonly action: string; readonly value?: string | undefined };
  readonly create?: readonly LinkValue[] | undefined;
  readonly notifications?: { readonly href: string; readonly count: number } | undefined;
  readonly person?: PersonMenu | undefined;
}

export const languageNames: Record<Language, string> = { fr: 'Français', en: 'English' };
const themeWords: Record<Theme, Text> = { auto: words.themeAuto, light: words.themeLight, dark: words.themeDark };

/** Organisation, search, create, notifications, person. Its two menus are popovers: no script needed. */
export function TopBar(props: TopBarProps) {
  const { say } = reader();
  return (
    <header class="top">
      <button type="button" class="top-button menu-button" popovertarget="menu">
        <Icon name="menu" />
        <span class="wide">{say(words.menu)}</span>
      </button>
      <a class="brand" href={safeHref(props.organisation.href)}>
        {say(props.organisation.text)}
      </a>
      {props.search ? <Search {...props.search} /> : null}
      {props.create && props.create.length > 0 ? <Create links={props.create} /> : null}
      {props.notifications ? <Notifications {...props.notifications} /> : null}
      {props.person ? <Person person={props.person} path={props.path} /> : null}
    </header>
  );
}

function Search(props: { readonly action: string; readonly value?: string | undefined }) {
  const { say } = reader();
  const label = say(words.search);
  return (
    <search class="search">
      <form action={safeHref(props.action)} method="get">
        <input
          id="search"
          type="search"
          name="q"
          value={props.value ?? ''}
          placeholder={`${label}…`}
          aria-label={label}
          aria-keyshortcuts="/"
          data-search
          autocomplete="off"
        />
      </form>
    </search>
  );
}

function Create(props: { readonly links: readonly LinkValue[] }) {
  const { say } = reader();
  return (
    <>
      <button type="button" class="top-button" popovertarget="create">
        <Icon name="plus" />
        <span class="wide">{say(words.create)}</span>
      </button>
      <nav id="create" class="drop" popover="auto" aria-label={say(words.create)}>
        {props.links.map((link) => (
          <a href={safeHref(link.href)}>{say(link.text)}</a>
        ))}
      </nav>
    </>
  );
}

function Notifications(props: { readonly href: string; readonly count: number }) {
  const { say } = reader();
  const label = props.count > 0 ? `${say(words.notifications)}, ${say(unread(props.count))}` : say(words.notifications);
  return (
    <a class="top-button" href={safeHref(props.href)} aria-label={label} title={label}>
      <Icon name="bell" />
      {props.count > 0 ? <span class="count">{props.count > 99 ? '99+' : props.count}</span> : null}
    </a>
  );
}

/** The letters of a name that stand for it: `Marie Le Goff` is ML. */
function initials(name: string): string {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? '');
  return letters.slice(0, 2).join('').toUpperCase();
}

function Person(props: { readonly person: PersonMenu; readonly path: string }) {
  const { say, language, theme } = reader();
  const { person } = props;
  return (
    <>
      <button
        type="button"
        class="top-button person"
        popovertarget="person"
        aria-label={person.name}
        data-initials={initials(person.name)}
      ></button>
      <div id="person" class="drop" popover="auto">
        <p>
          <strong>{person.name}</strong>
          {person.detail ? <small>{person.detail}</small> : null}
        </p>
        {person.accountHref ? <a href={safeHref(person.accountHref)}>{say(words.account)}</a> : null}
        <form action={safeHref(person.preferencesAction)} method="post" data-preferences>
          <Csrf />
          <input type="hidden" name="back" value={props.path} />
          {languages
            .filter((other) => other !== language)
            .map((other) => (
              <button type="submit" name="language" value={other} lang={other}>
                {languageNames[other]}
              </button>
            ))}
          <fieldset class="segmented">
            <legend>{say(words.theme)}</legend>
            {themes.map((value) => (
              <button type="submit" name="theme" value={value} aria-pressed={value === theme ? 'true' : 'false'}>
                {say(themeWords[value])}
              </button>
            ))}
          </fieldset>
          <label class="choice" hidden data-shortcut>
            <input type="checkbox" />
            {say(words.slashKey)}
          </label>
          <button type="submit" formaction={safeHref(person.signOutAction)}>
            {say(words.signOut)}
          </button>
        </form>
      </div>
    </>
  );
}
