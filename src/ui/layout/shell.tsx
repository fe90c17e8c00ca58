import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { Notice, type NoticeValue } from '../feedback/notice.tsx';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';
import { Document } from './document.tsx';
import { Menu, type MenuEntry } from './menu.tsx';
import { PageHeader } from './page-header.tsx';
import { type LinkValue, TopBar, type TopBarProps } from './top-bar.tsx';

/** What surrounds every page of someone signed in; the same for all pages of one request. */
export interface Surroundings extends TopBarProps {
  readonly menu: readonly MenuEntry[];
  /** The outcome of the action that led here, shown once. */
  readonly flash?: NoticeValue | undefined;
}

export interface PageProps {
  /** The one `h1`, and the tab's title. */
  readonly title: Text;
  /** From the root to the parent; the page itself is not in it. */
  readonly breadcrumbs?: readonly LinkValue[] | undefined;
  /** One or two sentences under the title: what one does here. */
  readonly lead?: Text | undefined;
  /** Badge or clock beside the title. */
  readonly status?: Child | undefined;
  /** Links and buttons of the page; the first is the main one. */
  readonly actions?: Child | undefined;
  readonly children?: Child | undefined;
}

/** `<Shell {...surroundings} title={…} actions={<LinkButton …/>}>…</Shell>`: a page of someone signed in. */
export function Shell(props: Surroundings & PageProps) {
  const { say } = reader();
  return (
    <Document title={props.title} product={props.product}>
      <a class="skip" href="#main">
        {say(words.skip)}
      </a>
      <TopBar {...props} />
      <Menu entries={props.menu} path={props.path} />
      <main id="main" tabindex={-1}>
        <Breadcrumbs links={props.breadcrumbs ?? []} />
        <PageHeader {...props} />
        {props.flash ? <Notice {...props.flash} /> : null}
        {props.children}
      </main>
    </Document>
  );
}

export function Breadcrumbs(props: { readonly links: readonly LinkValue[] }) {
  const { say } = reader();
  if (props.links.length === 0) return null;
  return (
    <nav class="breadcrumbs" aria-label={say(words.breadcrumbs)}>
      {props.links.map((link) => (
        <a href={safeHref(link.href)}>{say(link.text)}</a>
      ))}
    </nav>
  );
}
