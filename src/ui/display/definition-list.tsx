import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

export interface Definition {
  readonly term: Text;
  /** Null and empty are written "Not given". */
  readonly value: Child;
}

/** `<DefinitionList items={[{ term, value }]} />`: attributes of a thing. */
export function DefinitionList(props: { readonly items: readonly Definition[] }) {
  const { say } = reader();
  return (
    <dl class="definitions">
      {props.items.map((item) => (
        <>
          <dt>{say(item.term)}</dt>
          {isEmpty(item.value) ? <dd class="none">{say(words.emptyValue)}</dd> : <dd>{item.value}</dd>}
        </>
      ))}
    </dl>
  );
}

function isEmpty(value: Child): boolean {
  return value === null || value === undefined || value === '' || value === false;
}

export interface SectionProps {
  readonly id: string;
  readonly title: Text;
  readonly lead?: Text | undefined;
  /** Links and buttons of the section, at the end of its title. */
  readonly actions?: Child | undefined;
  readonly children?: Child | undefined;
}

/** `<Section id="identity" title={…}>…</Section>`: a part of a page under an `h2`. */
export function Section(props: SectionProps) {
  const { say } = reader();
  return (
    <section id={props.id} class="section" aria-labelledby={`${props.id}-title`}>
      <div class="section-header">
        <h2 id={`${props.id}-title`}>{say(props.title)}</h2>
        {props.actions ? <div class="actions">{props.actions}</div> : null}
      </div>
      {props.lead ? <p class="lead">{say(props.lead)}</p> : null}
      {props.children}
    </section>
  );
}

/** `<Columns main={…} aside={…} />`: what one works on, and what one looks up; one column on narrow screens. */
export function Columns(props: { readonly main: Child; readonly aside: Child }) {
  return (
    <div class="columns">
      <div>{props.main}</div>
      <aside>{props.aside}</aside>
    </div>
  );
}
