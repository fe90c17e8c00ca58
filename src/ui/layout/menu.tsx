import type { Text } from '../../kernel/index.ts';
import { Icon, type IconName } from '../icon.tsx';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

/** A heading of the left menu. Slices that name the same `id` share it. */
export interface MenuSection {
  readonly id: string;
  readonly text: Text;
  readonly order: number;
}

/** What a slice adds to the left menu. */
export interface MenuEntry {
  readonly section: MenuSection;
  readonly text: Text;
  readonly href: string;
  readonly icon?: IconName | undefined;
  /** Within its section; entries without one come last, in the order they were given. */
  readonly order?: number | undefined;
  /** Something waits there: shown beside the words, and read as `countText` when it is given. */
  readonly count?: number | undefined;
  readonly countText?: Text | undefined;
}

interface Group {
  readonly section: MenuSection;
  readonly entries: readonly MenuEntry[];
}

export function groupMenu(entries: readonly MenuEntry[]): readonly Group[] {
  const groups = new Map<string, { section: MenuSection; entries: MenuEntry[] }>();
  for (const entry of entries) {
    const group = groups.get(entry.section.id) ?? { section: entry.section, entries: [] };
    group.entries.push(entry);
    groups.set(entry.section.id, group);
  }
  const last = Number.MAX_SAFE_INTEGER;
  return [...groups.values()]
    .map((group) => ({ ...group, entries: group.entries.sort((a, b) => (a.order ?? last) - (b.order ?? last)) }))
    .sort((a, b) => a.section.order - b.section.order);
}

/** The entry where one stands: the longest address that the path is at or below. */
export function currentEntry(entries: readonly MenuEntry[], path: string): MenuEntry | undefined {
  return entries
    .filter((entry) => path === entry.href || (entry.href !== '/' && path.startsWith(`${entry.href}/`)))
    .sort((a, b) => b.href.length - a.href.length)[0];
}

export interface MenuProps {
  readonly entries: readonly MenuEntry[];
  readonly path: string;
}

/** The left menu. On narrow screens it is a popover that the top bar's button opens, without any script. */
export function Menu(props: MenuProps) {
  const { say } = reader();
  const current = currentEntry(props.entries, props.path);
  return (
    <nav id="menu" class="menu" popover="auto" aria-label={say(words.mainMenu)}>
      {groupMenu(props.entries).map((group) => (
        <>
          <h2 id={`menu-${group.section.id}`}>{say(group.section.text)}</h2>
          <ul aria-labelledby={`menu-${group.section.id}`}>
            {group.entries.map((entry) => (
              <li>
                <a href={safeHref(entry.href)} aria-current={entry === current ? 'page' : undefined}>
                  {entry.icon ? <Icon name={entry.icon} /> : null}
                  {say(entry.text)}
                  <MenuCount entry={entry} />
                </a>
              </li>
            ))}
          </ul>
        </>
      ))}
    </nav>
  );
}

function MenuCount(props: { readonly entry: MenuEntry }) {
  const { say } = reader();
  const { count, countText } = props.entry;
  if (count === undefined || count === 0) return null;
  return (
    <span class="count" title={countText ? say(countText) : undefined}>
      {count}
    </span>
  );
}
