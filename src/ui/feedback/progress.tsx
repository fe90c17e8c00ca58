import type { Text } from '../../kernel/index.ts';
import { formatDuration, formatNumber, formatShare } from '../format.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

export interface ProgressProps {
  /** Stable: live updates replace the element of this id. */
  readonly id: string;
  readonly label: Text;
  readonly done: number;
  /** Null while the size of the work isn't known yet. */
  readonly total: number | null;
  readonly perSecond?: number | undefined;
  readonly leftMs?: number | undefined;
  readonly errors?: number | undefined;
}

/** `<Progress id="job" label={…} done={1200} total={5000} />`: long work, with its rate, time left and errors so far. */
export function Progress(props: ProgressProps) {
  const { say, language } = reader();
  const counts = [formatNumber(props.done, { language })];
  if (props.total !== null) counts.push(formatNumber(props.total, { language }));
  const facts = [
    props.perSecond === undefined ? null : `${say(words.rate)} ${formatNumber(props.perSecond, { language }, 0)}/s`,
    props.leftMs === undefined ? null : `${say(words.timeLeft)} ${formatDuration(props.leftMs, { language })}`,
    props.errors === undefined ? null : `${say(words.errors)} ${formatNumber(props.errors, { language })}`,
  ].filter((fact) => fact !== null);
  const share = props.total === null || props.total === 0 ? null : props.done / props.total;
  return (
    <div id={props.id} class="progress">
      <label for={`${props.id}-bar`}>{say(props.label)}</label>
      <output>{share === null ? counts[0] : `${counts.join(' / ')} · ${formatShare(share, { language })}`}</output>
      <progress id={`${props.id}-bar`} {...(props.total === null ? {} : { value: props.done, max: props.total || 1 })}>
        {counts.join(' / ')}
      </progress>
      {facts.length > 0 ? <small>{facts.join(' · ')}</small> : null}
    </div>
  );
}
