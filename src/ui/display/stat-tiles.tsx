import type { Text } from '../../kernel/index.ts';
import type { Tone } from '../feedback/notice.tsx';
import { formatNumber } from '../format.ts';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';

export interface Stat {
  readonly label: Text;
  readonly value: number | string;
  /** What the figure means today, such as `2 more than yesterday`. */
  readonly detail?: Text | undefined;
  readonly tone?: Tone | undefined;
  /** The list behind the figure. */
  readonly href?: string | undefined;
}

/** `<StatTiles label={…} stats={[…]} />`: a few figures one acts upon, the most urgent first. */
export function StatTiles(props: { readonly label: Text; readonly stats: readonly Stat[] }) {
  const { say, language } = reader();
  return (
    <ul class="stats" aria-label={say(props.label)}>
      {props.stats.map((stat) => {
        const value = typeof stat.value === 'number' ? formatNumber(stat.value, { language }) : stat.value;
        return (
          <li class={stat.tone}>
            {stat.href ? <a href={safeHref(stat.href)}>{say(stat.label)}</a> : <span>{say(stat.label)}</span>}
            <strong>{value}</strong>
            {stat.detail ? <small>{say(stat.detail)}</small> : null}
          </li>
        );
      })}
    </ul>
  );
}
