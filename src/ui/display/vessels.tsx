import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import type { Tone } from '../feedback/notice.tsx';
import { reader } from '../reader.tsx';

/** Drawn on a 32-pixel grid, over the vessel: a shape of its own for each mark, so that no colour has to say it. */
const marks = {
  waiting: '<path d="M10 16h.1M16 16h.1M22 16h.1"/>',
  paused: '<path d="M12.5 11v10M19.5 11v10"/>',
  leaving: '<path d="M9 16h13m-5.5-5.5 5.5 5.5-5.5 5.5"/>',
  working: '<path d="M11.5 9.5h9l-9 13h9z"/>',
  done: '<path d="m10 16.5 4.2 4.2 8-9"/>',
  proven: '<path d="m7 16.8 3.8 3.8 7.5-8.5m-3.5 6.7 2 1.8 7.7-8.5"/>',
  half: '<path d="M10 16h12"/>',
  refused: '<path d="m11 11 10 10m0-10-10 10"/>',
  nobody: '<circle cx="16" cy="16" r="6"/><path d="m11.8 20.200 8.400-8.400"/>',
  failed: '<path d="M16 9.5v8M16 22v.1"/>',
  denied: '<path d="M10 13h12M10 19h12M19.5 8.5l-7 15"/>',
} as const;

export type VesselMark = keyof typeof marks;

/** More than that get smaller. */
const few = 12;

/** One of several that are awaited, as a vessel that fills. */
export interface Vessel {
  /** Stable: a live update moves the level of the element of this id. */
  readonly id: string;
  readonly name: string;
  readonly tone: Tone;
  readonly mark: VesselMark;
  /** In quarters. */
  readonly level: 0 | 1 | 2 | 3 | 4;
  /** What the drawing says, in a word or two. */
  readonly text: Text;
}

/**
 * `<Vessels id="answers" label={…} vessels={[…]} />`: many that must answer, seen at once. Each has a drawing, its name and
 * its state in words; the drawing adds nothing that the words don't say, and is hidden from screen readers.
 */
export function Vessels(props: { readonly id: string; readonly label: Text; readonly vessels: readonly Vessel[] }) {
  const { say } = reader();
  const isMany = props.vessels.length > few;
  return (
    <ul id={props.id} class={isMany ? 'vessels many' : 'vessels'} aria-label={say(props.label)}>
      {props.vessels.map((vessel) =>
        isMany ? (
          // One element each, so that sixty leave the page as light as six: the style sheet draws the vessel, the first
          // line is the name.
          <li id={vessel.id} class={`${vessel.tone} level-${vessel.level} mark-${vessel.mark}`}>
            {`${vessel.name}\n${say(vessel.text)}`}
          </li>
        ) : (
          <li id={vessel.id} class={vessel.tone}>
            <Drawing {...vessel} />
            <strong title={vessel.name}>{vessel.name}</strong>
            <span>{say(vessel.text)}</span>
          </li>
        ),
      )}
    </ul>
  );
}

function Drawing(props: Pick<Vessel, 'mark' | 'level'>): Child {
  return (
    <svg class={`level-${props.level}`} viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <rect class="content" x="2" y="2" width="28" height="28" rx="7" />
      <rect class="wall" x="2" y="2" width="28" height="28" rx="7" />
      {raw(marks[props.mark])}
    </svg>
  );
}
