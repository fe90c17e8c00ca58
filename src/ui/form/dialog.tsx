import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { Icon } from '../icon.tsx';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';
import type { ButtonKind } from './button.tsx';

export interface DialogLinkProps {
  readonly text: Text;
  /** The page that does the same without script. */
  readonly href: string;
  /** The id of the `Dialog` that opens instead, when script runs. */
  readonly opens: string;
  readonly kind?: ButtonKind | undefined;
}

/** `<DialogLink text={…} href="/requests/1/refuse" opens="refuse" />`: opens a dialog, or its page. */
export function DialogLink(props: DialogLinkProps) {
  return (
    <a class={`button ${props.kind ?? 'plain'}`} href={safeHref(props.href)} data-opens={props.opens}>
      {reader().say(props.text)}
    </a>
  );
}

export interface DialogProps {
  readonly id: string;
  readonly title: Text;
  readonly children?: Child | undefined;
}

/** `<Dialog id="refuse" title={…}><Form …/></Dialog>`: native and modal; Escape closes it and gives the focus back. */
export function Dialog(props: DialogProps) {
  const { say } = reader();
  return (
    <dialog id={props.id} class="dialog" aria-labelledby={`${props.id}-title`}>
      <form method="dialog">
        <h2 id={`${props.id}-title`}>{say(props.title)}</h2>
        <button type="submit" class="button quiet" aria-label={say(words.close)}>
          <Icon name="close" />
        </button>
      </form>
      {props.children}
    </dialog>
  );
}
