import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

export interface ExplainProps {
  /** What is asked; "Why?" by default. */
  readonly question?: Text | undefined;
  readonly rule: Text;
  readonly facts: readonly { readonly term: Text; readonly value: Child }[];
  readonly sources?: readonly { readonly text: Text; readonly href?: string | undefined }[];
  readonly children?: Child | undefined;
}

/** `<Explain rule={…} facts={[…]} sources={[…]} />`: any computed state can be asked "why?" and answers with its rule, facts and sources. */
export function Explain(props: ExplainProps) {
  const { say } = reader();
  return (
    <details class="explain">
      <summary>{say(props.question ?? words.why)}</summary>
      <dl>
        <dt>{say(words.rule)}</dt>
        <dd>{say(props.rule)}</dd>
        {props.facts.map((fact) => (
          <>
            <dt>{say(fact.term)}</dt>
            <dd>{fact.value}</dd>
          </>
        ))}
        {(props.sources ?? []).map((source) => (
          <>
            <dt>{say(words.source)}</dt>
            <dd>{source.href ? <a href={safeHref(source.href)}>{say(source.text)}</a> : say(source.text)}</dd>
          </>
        ))}
      </dl>
      {props.children}
    </details>
  );
}
