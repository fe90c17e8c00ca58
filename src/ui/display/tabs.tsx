import type { Text } from '../../kernel/index.ts';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';

export interface Tab {
  readonly text: Text;
  readonly href: string;
  readonly isCurrent: boolean;
  readonly count?: number | undefined;
}

/** `<Tabs label={…} tabs={[…]} />`: parts of one thing, each with its own address. */
export function Tabs(props: { readonly label: Text; readonly tabs: readonly Tab[] }) {
  const { say } = reader();
  return (
    <nav class="tabs" aria-label={say(props.label)}>
      {props.tabs.map((tab) => (
        <a href={safeHref(tab.href)} aria-current={tab.isCurrent ? 'page' : undefined}>
          {say(tab.text)}
          {tab.count === undefined ? null : <span class="count">{tab.count}</span>}
        </a>
      ))}
    </nav>
  );
}
