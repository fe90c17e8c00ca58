import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { Icon, type IconName } from '../icon.tsx';
import { reader } from '../reader.tsx';

export interface EmptyStateProps {
  readonly title: Text;
  /** Teaches the next step: what to do so that something is here. */
  readonly hint: Text;
  readonly icon?: IconName | undefined;
  /** The next step itself: usually one `LinkButton`. */
  readonly children?: Child | undefined;
}

/** `<EmptyState title={…} hint={…}><LinkButton …/></EmptyState>`: nothing here yet, and how to change that. */
export function EmptyState(props: EmptyStateProps) {
  const { say } = reader();
  return (
    <div class="empty">
      <Icon name={props.icon ?? 'list'} />
      <strong>{say(props.title)}</strong>
      <p>{say(props.hint)}</p>
      {props.children}
    </div>
  );
}
