import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { EmptyState, type EmptyStateProps } from '../feedback/empty-state.tsx';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

export interface Column<Row> {
  readonly id: string;
  readonly title: Text;
  readonly cell: (row: Row) => Child;
  /** Numbers end-aligned, with figures of equal width; days and codes keep on one line. */
  readonly kind?: 'text' | 'number' | 'fixed' | undefined;
  /** The address that sorts by this column; the server knows what comes after the present sort. */
  readonly sortHref?: string | undefined;
  readonly sorted?: 'ascending' | 'descending' | undefined;
}

export interface TableProps<Row> {
  readonly id: string;
  /** What the rows are: read first by screen readers; hidden from sight unless `showCaption`. */
  readonly caption: Text;
  readonly showCaption?: boolean | undefined;
  /** The first column names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Where a row leads: its first cell becomes the link, and the whole row can be clicked. */
  readonly rowHref?: ((row: Row) => string) | undefined;
  /** Stable ids let a live update replace one row. */
  readonly rowId?: ((row: Row) => string) | undefined;
  /** Rows that are chosen together: a box in front of each, which the form of this id sends. */
  readonly choosing?: Choosing<Row> | undefined;
  /** On narrow screens: each row a card (lists of things), or a region that scrolls sideways (figures to compare). */
  readonly narrow?: 'cards' | 'scroll' | undefined;
  readonly empty: EmptyStateProps;
}

export interface Choosing<Row> {
  readonly form: string;
  readonly name: string;
  readonly value: (row: Row) => string;
  /** What a screen reader hears: which row the box chooses. */
  readonly label: (row: Row) => Text;
  readonly areChosen?: boolean | undefined;
}

/** `<Table id="requests" caption={…} columns={[…]} rows={items} rowHref={(r) => …} empty={{ title, hint }} />` */
export function Table<Row>(props: TableProps<Row>) {
  const { say } = reader();
  if (props.rows.length === 0) return <EmptyState {...props.empty} />;
  const isScrolling = props.narrow === 'scroll';
  const table = (
    <table id={props.id} class={isScrolling ? 'table' : 'table cards'}>
      <caption id={`${props.id}-caption`} class={props.showCaption ? undefined : 'hidden'}>
        {say(props.caption)}
      </caption>
      <thead>
        <tr>
          {props.choosing ? <td class="fixed" /> : null}
          {props.columns.map((column) => (
            <HeaderCell column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <BodyRow row={row} table={props} />
        ))}
      </tbody>
    </table>
  );
  if (!isScrolling) return table;
  return (
    <section class="scroll" tabindex={0} aria-labelledby={`${props.id}-caption`}>
      {table}
    </section>
  );
}

function HeaderCell<Row>(props: { readonly column: Column<Row> }) {
  const { say } = reader();
  const { column } = props;
  return (
    <th scope="col" class={cellClass(column)} aria-sort={column.sorted}>
      {column.sortHref ? <a href={safeHref(column.sortHref)}>{say(column.title)}</a> : say(column.title)}
    </th>
  );
}

function cellClass<Row>(column: Column<Row>): string | undefined {
  return column.kind === undefined || column.kind === 'text' ? undefined : column.kind;
}

function BodyRow<Row>(props: { readonly row: Row; readonly table: TableProps<Row> }) {
  const { say } = reader();
  const { row, table } = props;
  return (
    <tr id={table.rowId?.(row)}>
      {table.choosing ? <ChoiceCell row={row} choosing={table.choosing} /> : null}
      {table.columns.map((column, index) => {
        if (index > 0) {
          return (
            <td class={cellClass(column)} data-label={say(column.title)}>
              {column.cell(row)}
            </td>
          );
        }
        return (
          <th scope="row" class={cellClass(column)}>
            {table.rowHref ? <a href={safeHref(table.rowHref(row))}>{column.cell(row)}</a> : column.cell(row)}
          </th>
        );
      })}
    </tr>
  );
}

function ChoiceCell<Row>(props: { readonly row: Row; readonly choosing: Choosing<Row> }) {
  const { row, choosing } = props;
  return (
    <td class="fixed choosing">
      <input
        type="checkbox"
        form={choosing.form}
        name={choosing.name}
        value={choosing.value(row)}
        checked={choosing.areChosen === true}
        aria-label={reader().say(choosing.label(row))}
      />
    </td>
  );
}

export interface PagerProps {
  /** Keyset paging: addresses with a cursor, absent at the ends. */
  readonly nextHref?: string | undefined;
  readonly previousHref?: string | undefined;
  readonly firstHref?: string | undefined;
  /** `25 requests`, `more than 10,000`: whatever is known without slowing the page. */
  readonly count?: Text | undefined;
}

/** `<Pager nextHref="/requests?cursor=…" firstHref="/requests" count={…} />` */
export function Pager(props: PagerProps) {
  const { say } = reader();
  const links = [
    { text: words.firstPage, href: props.firstHref, rel: undefined },
    { text: words.previous, href: props.previousHref, rel: 'prev' },
    { text: words.next, href: props.nextHref, rel: 'next' },
  ];
  if (props.count === undefined && links.every((link) => link.href === undefined)) return null;
  return (
    <nav class="pager" aria-label={say(words.pages)}>
      {props.count ? <span>{say(props.count)}</span> : null}
      {links.map((link) =>
        link.href === undefined ? null : (
          <a class="button plain" href={safeHref(link.href)} rel={link.rel}>
            {say(link.text)}
          </a>
        ),
      )}
    </nav>
  );
}
