import type { Text } from '../../kernel/index.ts';
import { reader } from '../reader.tsx';
import type { Tone } from './notice.tsx';

export interface BadgeValue {
  readonly tone: Tone;
  readonly text: Text;
}

/** `<Badge tone="bad" text={{ fr: 'Démenti', en: 'Contradicted' }} />`: a state in a word. The dot's shape changes with the tone too. */
export function Badge(props: BadgeValue) {
  return <span class={`badge ${props.tone}`}>{reader().say(props.text)}</span>;
}
