import { categoryText, isCategory } from '../../channels/index.ts';
import { joined } from '../../kernel/index.ts';
import { Badge, type Column, Day, LinkButton, reader, Section, Table, When } from '../../ui/index.ts';
import { holdGroundText } from './grounds.ts';
import type { HoldView } from './hold.ts';
import { holdWords as words } from './words.ts';

/** The holds of a person, on their page. */
export function HoldSection(props: {
  readonly holds: readonly HoldView[];
  readonly href: string;
  readonly mayDecide: boolean;
}) {
  const { say } = reader();
  const columns: readonly Column<HoldView>[] = [
    { id: 'ground', title: words.ground, cell: (hold) => <Ground hold={hold} /> },
    { id: 'categories', title: words.categories, cell: (hold) => say(categoriesText(hold)) },
    { id: 'since', title: words.since, kind: 'fixed', cell: (hold) => <When at={hold.placedAt} /> },
    {
      id: 'until',
      title: words.until,
      kind: 'fixed',
      cell: (hold) => (hold.endsOn === null ? say(words.untilReleased) : <Day on={hold.endsOn} />),
    },
    { id: 'state', title: words.state, cell: (hold) => <State hold={hold} /> },
    ...(props.mayDecide
      ? [
          {
            id: 'act',
            title: words.act,
            cell: (hold: HoldView) =>
              hold.endedAt === null ? (
                <LinkButton href={`${props.href}/holds/${hold.id}/release`} text={words.release} kind="quiet" />
              ) : null,
          },
        ]
      : []),
  ];
  return (
    <Section
      id="holds"
      title={words.title}
      lead={words.lead}
      actions={props.mayDecide ? <LinkButton href={`${props.href}/holds/new`} text={words.place} /> : undefined}
    >
      <Table
        id="holds-table"
        caption={words.title}
        columns={columns}
        rows={props.holds}
        narrow="cards"
        empty={{ title: words.none, hint: words.noneHint }}
      />
    </Section>
  );
}

function Ground(props: { readonly hold: HoldView }) {
  const { say } = reader();
  const { ground, words: text } = props.hold;
  return (
    <>
      {sentence(say(holdGroundText(ground)))}
      {text === null ? null : (
        <>
          <br />
          <small>{text}</small>
        </>
      )}
    </>
  );
}

function State(props: { readonly hold: HoldView }) {
  const { endedHow } = props.hold;
  if (endedHow === null) return <Badge tone="warning" text={words.inForce} />;
  return <Badge tone="neutral" text={endedHow === 'released' ? words.endedReleased : words.endedAtDate} />;
}

function categoriesText(hold: HoldView) {
  if (hold.categories === null) return words.all;
  return joined(
    hold.categories.flatMap((category) => (isCategory(category) ? [categoryText(category)] : [])),
    ', ',
  );
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
