import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { Badge, type BadgeValue } from '../feedback/badge.tsx';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

/** One of several that must answer, and what it answered. */
export interface Outcome {
  /** Stable: a live update replaces the element of this id. */
  readonly id: string;
  readonly name: string;
  readonly href?: string | undefined;
  readonly state: BadgeValue;
  /** Counts, in few words: `12 rows blanked`. */
  readonly facts: readonly Text[];
  readonly answered?: Child | undefined;
  /** Why it stands so: shown under the answer. */
  readonly why?: Text | undefined;
  readonly actions?: Child | undefined;
  /** Read aloud when this outcome arrives by a live update. */
  readonly announce?: Text | undefined;
}

/** `<OutcomeGrid id="applications" label={…} outcomes={[…]} />`: who was asked, who answered what. One row each, cards when narrow. */
export function OutcomeGrid(props: {
  readonly id: string;
  readonly label: Text;
  readonly outcomes: readonly Outcome[];
}) {
  const { say } = reader();
  return (
    <ul id={props.id} class="outcomes" aria-label={say(props.label)}>
      {props.outcomes.map((outcome) => (
        <OutcomeRow {...outcome} />
      ))}
    </ul>
  );
}

/** One outcome alone: what a server-sent event carries. */
export function OutcomeRow(props: Outcome) {
  const { say } = reader();
  return (
    <li id={props.id} data-announce={props.announce ? say(props.announce) : undefined}>
      <strong>{props.href ? <a href={safeHref(props.href)}>{props.name}</a> : props.name}</strong>
      <Badge {...props.state} />
      <p>
        {props.facts.map((fact) => say(fact)).join(' · ')}
        {props.why ? <small>{say(props.why)}</small> : null}
      </p>
      {props.answered ? (
        <span class="answered">
          <span class="hidden">{say(words.lastAnswer)}</span> {props.answered}
        </span>
      ) : null}
      {props.actions}
    </li>
  );
}
