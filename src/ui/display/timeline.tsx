import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import type { Tone } from '../feedback/notice.tsx';
import { When } from '../feedback/when.tsx';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

export interface Change {
  readonly field: Text;
  readonly from: string | null;
  readonly to: string | null;
}

export interface TimelineEntry {
  readonly at: Date | string;
  /** Who did it, by name; `Socle` for what happened by itself. */
  readonly actor: string;
  readonly text: Text;
  readonly tone?: Tone | undefined;
  /** Who changed what, from what to what, in words. */
  readonly changes?: readonly Change[] | undefined;
  readonly detail?: Child | undefined;
}

/** `<Timeline id="history" label={…} entries={[…]} />`: history in words, the newest first. */
export function Timeline(props: {
  readonly id: string;
  readonly label: Text;
  readonly entries: readonly TimelineEntry[];
}) {
  const { say } = reader();
  return (
    <ol id={props.id} class="timeline" aria-label={say(props.label)}>
      {props.entries.map((entry) => (
        <li class={entry.tone}>
          <strong>{say(entry.text)}</strong>
          <small>
            {`${entry.actor} · `}
            <When at={entry.at} />
          </small>
          {entry.changes && entry.changes.length > 0 ? <Changes changes={entry.changes} /> : null}
          {entry.detail}
        </li>
      ))}
    </ol>
  );
}

/** A first value stands alone; a removed one says so. */
function Changes(props: { readonly changes: readonly Change[] }) {
  const { say } = reader();
  return (
    <dl>
      {props.changes.map((change) => (
        <>
          <dt>{say(change.field)}</dt>
          <dd>
            {isEmpty(change.from) ? null : (
              <>
                <del>{change.from}</del>
                {` ${say(words.changedTo)} `}
              </>
            )}
            {isEmpty(change.to) ? say(words.emptyValue) : <ins>{change.to}</ins>}
          </dd>
        </>
      ))}
    </dl>
  );
}

function isEmpty(value: string | null): boolean {
  return value === null || value === '';
}
