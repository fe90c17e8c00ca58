import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

export type StepState = 'done' | 'now' | 'later' | 'skipped';

export interface Step {
  readonly text: Text;
  readonly state: StepState;
  /** When it was done, or what it waits for. */
  readonly detail?: Child | undefined;
}

const stateWords: Record<StepState, Text> = {
  done: words.stepDone,
  now: words.stepNow,
  later: words.stepLater,
  skipped: words.stepSkipped,
};

/** `<Steps id="steps" label={…} steps={[…]} />`: the way of a thing from its start to its end, and where it stands. */
export function Steps(props: { readonly id: string; readonly label: Text; readonly steps: readonly Step[] }) {
  const { say } = reader();
  return (
    <ol id={props.id} class="steps" aria-label={say(props.label)}>
      {props.steps.map((step) => (
        <li class={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          {say(step.text)}
          <span class="hidden">{`, ${say(stateWords[step.state])}`}</span>
          {step.detail ? <small>{step.detail}</small> : null}
        </li>
      ))}
    </ol>
  );
}
