import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { Icon, type IconName } from '../icon.tsx';
import { reader } from '../reader.tsx';

/** What a thing is like, said in words beside it: colour alone tells nothing to one person in twelve. */
export type Tone = 'neutral' | 'accent' | 'good' | 'warning' | 'bad';

export interface NoticeValue {
  readonly tone: Tone;
  readonly title: Text;
  readonly detail?: Text | undefined;
}

const toneIcons: Record<Tone, IconName> = {
  neutral: 'document',
  accent: 'bell',
  good: 'check',
  warning: 'alert',
  bad: 'alert',
};

/** `<Notice tone="good" title={{ fr: 'Demande enregistrée', en: 'Request recorded' }} />`; its children are what one can do about it. */
export function Notice(props: NoticeValue & { readonly children?: Child | undefined }) {
  const { say } = reader();
  return (
    <div class={`notice ${props.tone}`} role={props.tone === 'bad' ? 'alert' : undefined}>
      <Icon name={toneIcons[props.tone]} />
      <strong>{say(props.title)}</strong>
      {props.detail ? <p>{say(props.detail)}</p> : null}
      {props.children}
    </div>
  );
}
