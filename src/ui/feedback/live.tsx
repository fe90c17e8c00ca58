import type { Child } from 'hono/jsx';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

export interface LiveProps {
  readonly id: string;
  /** Server-sent events: each message's data is one or more elements with ids of this page, which are morphed in place. */
  readonly events: string;
  /** This page, for those without script. */
  readonly refreshHref: string;
  readonly children?: Child | undefined;
}

/**
 * `<Live id="request-live" events="/requests/1/events" refreshHref="/requests/1">…</Live>`: a region that follows the server.
 * The browser replays from `Last-Event-ID` when a connection was lost. An element may carry `data-announce="…"`,
 * read once by screen readers; an event named `end` closes the connection.
 */
export function Live(props: LiveProps) {
  const { say } = reader();
  return (
    <div id={props.id} data-live={safeHref(props.events)}>
      {props.children}
      <noscript>
        <p class="notice">
          {say(words.noScript)} <a href={safeHref(props.refreshHref)}>{say(words.reload)}</a>
        </p>
      </noscript>
    </div>
  );
}
