import type { Json, Text } from '../../kernel/index.ts';
import { type Attribute, axisOf, showSum, summedBy, sumValue, type TypeModel, type ViewOf } from '../../model/index.ts';
import { objectWords } from '../../objects/index.ts';
import { EmptyState, formatNumber, reader, Table } from '../../ui/index.ts';
import { type Drawing, type Looking, viewedType } from '../looking.ts';
import { both, listAddress } from '../narrowed.ts';
import type { Group } from '../numbers/groups.ts';
import { type Cell, type Numbers, numbersOf } from '../numbers/numbers.ts';
import { words } from '../words.ts';
import { ChartPicture, type Mark } from './chart-picture.tsx';

/** More marks than that can't be told apart: the smallest are drawn together. The table, CSV and JSON have them all. */
const mostMarks = { bars: 24, columns: 36, line: 400 } as const;

/** What one group has: drawn in one unit, for sums in two currencies have no common scale. */
interface Told {
  readonly group: Group;
  readonly count: number;
  readonly total: bigint | null;
}

interface Figure {
  readonly unit: string | null;
  readonly told: readonly Told[];
}

interface Chart {
  readonly type: TypeModel;
  readonly view: ViewOf<'chart'>;
  readonly summed: Attribute | null;
  /** What groups are, and what is told of them. */
  readonly by: Text;
  readonly what: Text;
  readonly figures: readonly Figure[];
}

/** Counts or sums by group, as bars, columns or a line, with the table of the same numbers. */
export async function drawChart(looking: Looking, view: ViewOf<'chart'>): Promise<Drawing> {
  const type = viewedType(looking, view.of);
  const axis = axisOf(type, view.by);
  const sum = summedBy(view.measure);
  const numbers = await numbersOf(looking, type, { filter: view.filter ?? null, axes: [axis], sum });
  const summed = sum === null ? null : (type.attributes.get(sum) ?? null);
  const chart: Chart = {
    type,
    view,
    summed,
    by: labelOf(type, axis.attribute),
    what: summed?.label ?? words.count,
    figures: figuresOf(numbers),
  };
  const { language } = looking.reading;
  return {
    page: () => (
      <>
        <Pictures chart={chart} />
        <Figures chart={chart} />
      </>
    ),
    brief: () => <Pictures chart={chart} />,
    json: () => json(chart),
    sheet: () => sheet(chart, language),
    picture: () => (chart.figures.length === 0 ? null : <Pictures chart={chart} />),
  };
}

export function labelOf(type: TypeModel, name: string): Text {
  if (name === 'state' || name === 'created_at' || name === 'updated_at') return objectWords[name];
  return type.attributes.get(name)?.label ?? words.count;
}

/** One figure a unit, the most used first. */
function figuresOf({ axes: [groups = []], cells }: Numbers): readonly Figure[] {
  // Of no object at all, every group is still told, with nothing in it.
  const units = new Map<string | null, Map<number, Cell>>(cells.length === 0 ? [[null, new Map()]] : []);
  for (const cell of cells) {
    const figure = units.get(cell.unit) ?? new Map<number, Cell>();
    units.set(cell.unit, figure.set(cell.at[0] ?? 0, cell));
  }
  return [...units]
    .sort(([, a], [, b]) => b.size - a.size)
    .map(([unit, figure]) => ({
      unit,
      told: groups.map((group, at) => {
        const cell = figure.get(at);
        return { group, count: cell?.count ?? 0, total: cell?.total ?? null };
      }),
    }));
}

function json({ summed, figures }: Chart): Json {
  return {
    groups: figures.flatMap(({ unit, told }) =>
      told.map(({ group, count, total }) => ({
        key: group.key,
        label: { ...group.label },
        count,
        ...(summed === null || total === null ? {} : { sum: plain(sumValue(summed, total, unit)) }),
      })),
    ),
  };
}

/** As JSON carries it: an interface has no index signature. */
function plain(value: ReturnType<typeof sumValue>): Json {
  return JSON.parse(JSON.stringify(value));
}

function* sheet({ by, what, summed, figures }: Chart, language: 'fr' | 'en'): Iterable<readonly string[]> {
  const amount = summed === null ? [] : [what[language], words.unit[language]];
  yield [by[language], words.count[language], ...amount];
  for (const { unit, told } of figures) {
    for (const { group, count, total } of told) {
      const sum = summed === null ? [] : [total === null ? '' : exactText(summed, total, unit), unit ?? ''];
      yield [group.label[language], String(count), ...sum];
    }
  }
}

/** The number alone, with a point, as spreadsheets of any language read it. */
export function exactText(summed: Attribute, total: bigint, unit: string | null): string {
  const value = sumValue(summed, total, unit);
  if (typeof value !== 'object' || value === null) return String(value);
  if ('amount' in value) return String(value.amount);
  return 'value' in value ? String(value.value) : '';
}

function Pictures(props: { readonly chart: Chart }) {
  const { chart } = props;
  const { language, timeZone, say } = reader();
  if (chart.figures.every(({ told }) => told.every(({ count }) => count === 0))) {
    return <EmptyState title={words.nothing} hint={words.nothingHint} />;
  }
  return (
    <>
      {chart.figures.map(({ unit, told }) => {
        const marks = told.map(
          (one): Mark => ({
            label: say(one.group.label),
            value: Number(one.total ?? (chart.summed === null ? BigInt(one.count) : 0n)),
            shown:
              chart.summed === null
                ? formatNumber(one.count, { language })
                : one.total === null
                  ? '—'
                  : showSum(chart.summed, one.total, unit, { language, timeZone }),
          }),
        );
        const title = `${say(chart.what)} · ${say(chart.by)}${unit === null ? '' : ` (${unit})`}`;
        return <ChartPicture shape={chart.view.shape} title={title} marks={fewest(chart, marks, say(words.others))} />;
      })}
    </>
  );
}

/** Of too many values the smallest are left to the table; periods are drawn to the last. */
function fewest({ view, type }: Chart, marks: readonly Mark[], others: string): readonly Mark[] {
  const most = mostMarks[view.shape];
  if (marks.length <= most) return marks;
  if (axisOf(type, view.by).per !== null) return marks.slice(-most);
  const kept = marks.slice(0, most - 1);
  const left = marks.slice(most - 1);
  return [
    ...kept,
    { label: `${others} (${left.length})`, value: left.reduce((sum, one) => sum + one.value, 0), shown: '…' },
  ];
}

/** Groups that have nothing are seen on the picture; the table tells the others. */
function Figures(props: { readonly chart: Chart }) {
  const { chart } = props;
  const { language, timeZone, say } = reader();
  const filter = chart.view.filter ?? null;
  return (
    <>
      {chart.figures.map(({ unit, told }, at) => {
        const rows = told.filter(({ count }) => count > 0);
        return (
          <div class="section">
            <Table
              id={`figures-${at}`}
              caption={chart.what}
              rows={rows.slice(0, mostRows)}
              columns={[
                {
                  id: 'group',
                  title: chart.by,
                  cell: ({ group }) => <GroupLink chart={chart} group={group} filter={filter} />,
                },
                {
                  id: 'count',
                  title: words.count,
                  kind: 'number',
                  cell: ({ count }) => formatNumber(count, { language }),
                },
                ...(chart.summed === null
                  ? []
                  : [
                      {
                        id: 'sum',
                        title: chart.what,
                        kind: 'number' as const,
                        cell: ({ total }: Told) =>
                          total === null || chart.summed === null
                            ? '—'
                            : showSum(chart.summed, total, unit, { language, timeZone }),
                      },
                    ]),
              ]}
              empty={{ title: words.nothing, hint: words.nothingHint }}
            />
            {rows.length > mostRows ? <p>{say(cut(rows.length - mostRows))}</p> : null}
          </div>
        );
      })}
    </>
  );
}

/** On the page; a longer table is the CSV’s. */
const mostRows = 40;

function cut(count: number): Text {
  return { fr: `${count} lignes de plus dans l’export.`, en: `${count} more rows in the export.` };
}

function GroupLink(props: { readonly chart: Chart; readonly group: Group; readonly filter: string | null }) {
  const { say } = reader();
  const { chart, group, filter } = props;
  if (group.condition === null) return <>{say(group.label)}</>;
  return <a href={listAddress(chart.type, both(filter, group.condition))}>{say(group.label)}</a>;
}
