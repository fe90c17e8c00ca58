import type { Text } from '../../kernel/index.ts';
import { Icon } from '../icon.tsx';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

/** `<CodeBlock id="plan-sql" label={…} code={sql} />`: text for machines, with a button that copies it (hidden without script). */
export function CodeBlock(props: {
  readonly id: string;
  readonly label: Text;
  readonly code: string;
  /** A text to send to somebody: its long lines go on below. */
  readonly isProse?: boolean;
}) {
  const { say } = reader();
  return (
    <figure class={props.isProse === true ? 'code prose' : 'code'}>
      <figcaption id={`${props.id}-label`}>{say(props.label)}</figcaption>
      <button type="button" class="button quiet" data-copies={props.id} aria-describedby={`${props.id}-label`} hidden>
        <Icon name="copy" />
        {say(words.copy)}
      </button>
      {/* Focusable, since long lines make it scroll sideways (WCAG 2.1.1). */}
      <section tabindex={0} aria-labelledby={`${props.id}-label`}>
        <pre id={props.id}>{props.code}</pre>
      </section>
    </figure>
  );
}
