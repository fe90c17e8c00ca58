import { type Text, unreachable } from '../../kernel/index.ts';
import { formatDay } from '../format.ts';
import { reader } from '../reader.tsx';
import { daysLate, daysLeft, words } from '../words.ts';
import type { Tone } from './notice.tsx';

/** A legal deadline as it stands. The days are counted by whoever knows the calendar, not by the page. */
export type ClockValue =
  | { readonly kind: 'running'; readonly daysLeft: number; readonly dueOn: string }
  | { readonly kind: 'late'; readonly daysLate: number; readonly dueOn: string }
  | { readonly kind: 'paused'; readonly text: Text }
  | { readonly kind: 'met'; readonly dueOn: string }
  | { readonly kind: 'missed'; readonly dueOn: string };

/** Below this, the chip warns: a working week, the time in which a silent application can still be reminded. */
const warningDays = 7;

export function clockWords(clock: ClockValue): { readonly tone: Tone; readonly text: Text } {
  switch (clock.kind) {
    case 'running':
      if (clock.daysLeft === 0) return { tone: 'warning', text: words.dueToday };
      return { tone: clock.daysLeft <= warningDays ? 'warning' : 'neutral', text: daysLeft(clock.daysLeft) };
    case 'late':
      return { tone: 'bad', text: daysLate(clock.daysLate) };
    case 'paused':
      return { tone: 'neutral', text: clock.text };
    case 'met':
      return { tone: 'good', text: words.clockMet };
    case 'missed':
      return { tone: 'bad', text: words.clockMissed };
    default:
      return unreachable(clock);
  }
}

/** `<ClockChip kind="running" daysLeft={12} dueOn="2026-04-03" />`. Explain the count on the page with `Explain`. */
export function ClockChip(props: ClockValue) {
  const locale = reader();
  const { tone, text } = clockWords(props);
  return (
    <span class={`clock ${tone}`} title={props.kind === 'paused' ? undefined : formatDay(props.dueOn, locale)}>
      {locale.say(text)}
    </span>
  );
}
