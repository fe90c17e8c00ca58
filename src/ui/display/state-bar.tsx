import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { Badge, type BadgeValue } from '../feedback/badge.tsx';
import { ButtonForm, type ButtonKind, LinkButton } from '../form/button.tsx';
import type { LinkValue } from '../layout/top-bar.tsx';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

export type Transition =
  /** Done at once by a POST. */
  | {
      readonly kind: 'post';
      readonly text: Text;
      readonly action: string;
      readonly fields?: Readonly<Record<string, string>> | undefined;
      readonly look?: ButtonKind | undefined;
    }
  /** Needs more values: a page with a form. */
  | { readonly kind: 'page'; readonly text: Text; readonly href: string; readonly look?: ButtonKind | undefined }
  /** Not now, why, and where that is mended. */
  | {
      readonly kind: 'impossible';
      readonly text: Text;
      readonly reason: Text;
      readonly mends?: readonly LinkValue[] | undefined;
    };

export interface StateBarProps {
  readonly id: string;
  readonly state: BadgeValue;
  readonly transitions: readonly Transition[];
  readonly children?: Child | undefined;
}

/** `<StateBar id="state" state={{ tone, text }} transitions={[…]} />`: where a thing stands, where it can go, and why not elsewhere. */
export function StateBar(props: StateBarProps) {
  const { say } = reader();
  const impossible = props.transitions.filter((transition) => transition.kind === 'impossible');
  return (
    <div id={props.id} class="state-bar">
      <span class="hidden">{say(words.state)}</span>
      <Badge {...props.state} />
      {props.children}
      <div class="actions">
        {props.transitions.map((transition) => (
          <PossibleTransition transition={transition} />
        ))}
        {impossible.length > 0 ? (
          <details class="explain">
            <summary>{say(words.notYet)}</summary>
            <dl>
              {impossible.map((transition) => (
                <>
                  <dt>{say(transition.text)}</dt>
                  <dd>
                    {say(transition.reason)}
                    {(transition.mends ?? []).map((link) => (
                      <>
                        {' '}
                        <a href={safeHref(link.href)}>{say(link.text)}</a>
                      </>
                    ))}
                  </dd>
                </>
              ))}
            </dl>
          </details>
        ) : null}
      </div>
    </div>
  );
}

function PossibleTransition(props: { readonly transition: Transition }) {
  const { transition } = props;
  const look = transition.kind === 'impossible' ? 'plain' : (transition.look ?? 'plain');
  switch (transition.kind) {
    case 'post':
      return (
        <ButtonForm action={transition.action} text={transition.text} kind={look} fields={transition.fields ?? {}} />
      );
    case 'page':
      return <LinkButton href={transition.href} text={transition.text} kind={look} />;
    default:
      return null;
  }
}

/** Buttons side by side. */
export function Actions(props: { readonly children?: Child | undefined }) {
  return <div class="actions">{props.children}</div>;
}
