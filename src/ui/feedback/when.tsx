import { formatDate, formatDay, formatRelative } from '../format.ts';
import { reader } from '../reader.tsx';

/** `<When at={request.receivedAt} />`: "3 days ago", with the exact moment in `datetime` and on hover. */
export function When(props: { readonly at: Date | string; readonly show?: 'relative' | 'day' | 'moment' | undefined }) {
  const locale = reader();
  const exact = formatDate(props.at, locale);
  const iso = new Date(props.at).toISOString();
  const shown =
    props.show === 'day'
      ? formatDay(props.at, locale, 'medium')
      : props.show === 'moment'
        ? exact
        : formatRelative(props.at, locale.now, locale);
  return (
    <time datetime={iso} title={shown === exact ? undefined : exact}>
      {shown}
    </time>
  );
}

/** `<Day on="2026-03-03" />`: a calendar day, the same in every time zone. A text without an element: lists hold many. */
export function Day(props: { readonly on: string; readonly style?: 'long' | 'medium' | undefined }) {
  return <>{formatDay(props.on, reader(), props.style ?? 'medium')}</>;
}
