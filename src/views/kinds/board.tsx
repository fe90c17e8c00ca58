import { sql } from 'kysely';
import type { Text } from '../../kernel/index.ts';
import { from, type TypeModel, type ViewOf } from '../../model/index.ts';
import {
  calculated,
  columnsRead,
  databaseOf,
  momentOf,
  type Names,
  namesOf,
  objectWords,
  type Row,
  referencesOf,
  type StoredObject,
  selection,
  toObject,
  valueText,
} from '../../objects/index.ts';
import { formatDate, formatNumber, reader, safeHref } from '../../ui/index.ts';
import { type Drawing, type Looking, viewedType } from '../looking.ts';
import { both, listAddress } from '../narrowed.ts';
import { numbersOf } from '../numbers/numbers.ts';
import { words } from '../words.ts';

/** In a lane, and on the whole page: a page of more is heavy (EcoIndex), and nobody reads it. The rest is one link away. */
const mostInLane = 20;
const mostOnPage = 50;

interface Lane {
  readonly key: string | null;
  readonly label: Text;
  readonly count: number;
  readonly href: string;
  readonly cards: readonly StoredObject[];
}

export interface BoardAsked {
  /** Where a card's "Move…" leads; null: the reader moves nothing. */
  readonly moveHref: ((object: StoredObject) => string) | null;
}

/** Lanes of cards, the last changed first: two queries, whatever the number of lanes. */
export async function drawBoard(looking: Looking, view: ViewOf<'board'>, asked: BoardAsked): Promise<Drawing> {
  const type = viewedType(looking, view.of);
  const { language } = looking.reading;
  const filter = view.filter ?? null;
  const axes = [{ attribute: view.lanes, per: null }];
  const {
    axes: [groups = []],
    cells,
  } = await numbersOf(looking, type, { filter, axes, sum: null });
  const keys = groups.flatMap(({ key }) => (key === null ? [] : [key]));
  const inLane = Math.max(3, Math.min(mostInLane, Math.floor(mostOnPage / Math.max(1, groups.length))));
  const objects = await cardsOf(looking, type, view, keys, inLane);
  const shown = view.card ?? type.columns.filter((name) => name !== view.lanes);
  const names = await namesOf(
    looking.scope,
    looking.acting,
    referencesOf(type, objects, (name) => shown.includes(name)),
  );
  const lanes = groups.map(
    (group, at): Lane => ({
      key: group.key,
      label: group.label,
      count: cells.find((cell) => cell.at[0] === at)?.count ?? 0,
      href: listAddress(type, both(filter, group.condition)),
      cards: objects.filter((object) => laneOf(object, view.lanes) === group.key),
    }),
  );
  const card = { type, shown, names, href: (object: StoredObject) => looking.addresses.object(type.name, object) };
  return {
    page: () => <Lanes lanes={lanes} card={{ ...card, moveHref: asked.moveHref }} />,
    brief: () => <Lanes lanes={lanes.map((lane) => ({ ...lane, cards: [] }))} card={{ ...card, moveHref: null }} />,
    json: () => ({
      lanes: lanes.map(({ key, label, count, cards }) => ({
        key,
        label: { ...label },
        count,
        objects: cards.map(({ number, title, state }) => ({ number, title, state })),
      })),
    }),
    sheet: () => [
      [labelOf(type, view.lanes)[language], words.count[language]],
      ...lanes.map(({ label, count }) => [label[language], String(count)]),
    ],
    picture: () => null,
  };
}

function laneOf(object: StoredObject, lanes: string): string | null {
  const value = lanes === 'state' ? object.state : (object.values[lanes] ?? null);
  return typeof value === 'string' ? value : null;
}

/** The first cards of every lane, each by a range of the lane's own index. */
async function cardsOf(
  { scope, acting }: Looking,
  type: TypeModel,
  view: ViewOf<'board'>,
  keys: readonly string[],
  inLane: number,
): Promise<readonly StoredObject[]> {
  const column = view.lanes === 'state' ? 'state' : (type.attributes.get(view.lanes)?.columns[0] ?? view.lanes);
  const kept = selection(scope, acting, type, { filter: view.filter ?? null });
  const ofLane = (lane: unknown) => sql`
    select ${columnsRead(type, momentOf(scope, acting.asker))} from ${from(type)} as o
     where ${lane} and ${kept} order by o.updated_at desc, o.id desc limit ${inLane}`;
  const query = sql<Row>`
    select card.* from unnest(${[...keys]}::text[]) with ordinality as lane (key, place)
      cross join lateral (${ofLane(sql`${sql.ref(`o.${column}`)} = lane.key`)}) as card
     order by lane.place, card.updated_at desc, card.id desc`;
  const { rows } = await calculated(query.execute(databaseOf(scope)));
  const unfilled =
    view.lanes === 'state'
      ? []
      : await calculated(sql<Row>`${ofLane(sql`${sql.ref(`o.${column}`)} is null`)}`.execute(databaseOf(scope))).then(
          (found) => found.rows,
        );
  return [...rows, ...unfilled].map((row) => toObject(type, row));
}

function labelOf(type: TypeModel, name: string): Text {
  return name === 'state' ? objectWords.state : (type.attributes.get(name)?.label ?? words.count);
}

interface CardShown extends BoardAsked {
  readonly type: TypeModel;
  readonly shown: readonly string[];
  readonly names: Names;
  readonly href: (object: StoredObject) => string;
}

function Lanes(props: { readonly lanes: readonly Lane[]; readonly card: CardShown }) {
  const { say, language } = reader();
  return (
    <div class="board">
      {props.lanes.map((lane, at) => (
        <section aria-labelledby={`lane-${at}`}>
          <h2 id={`lane-${at}`}>
            <a href={safeHref(lane.href)}>{say(lane.label)}</a>{' '}
            <span class="count">{formatNumber(lane.count, { language })}</span>
          </h2>
          {lane.cards.length === 0 ? null : (
            <ul>
              {lane.cards.map((object) => (
                <Card object={object} card={props.card} />
              ))}
            </ul>
          )}
          {lane.cards.length > 0 && lane.count > lane.cards.length ? (
            <a href={safeHref(lane.href)}>{say(rest(lane.count - lane.cards.length))}</a>
          ) : null}
        </section>
      ))}
    </div>
  );
}

function rest(count: number): Text {
  return { fr: `Et ${count} de plus`, en: `And ${count} more` };
}

function Card(props: { readonly object: StoredObject; readonly card: CardShown }) {
  const { say } = reader();
  const { object, card } = props;
  const facts = card.shown.flatMap((name) => factOf(object, card, name));
  return (
    <li>
      <a href={safeHref(card.href(object))}>{object.title}</a>
      {facts.length === 0 ? null : <small>{facts.join(' · ')}</small>}
      {card.moveHref === null ? null : (
        <a
          class="button quiet"
          href={safeHref(card.moveHref(object))}
          aria-label={`${say(words.move)} ${object.title}`}
        >
          {say(words.move)}
        </a>
      )}
    </li>
  );
}

/** A card's title says its number and name already: what stands in it isn't said twice. */
function factOf(object: StoredObject, { type, names }: CardShown, name: string): readonly string[] {
  const text = factText(object, type, names, name);
  return text === '' || object.title.includes(text) ? [] : [text];
}

function factText(object: StoredObject, type: TypeModel, names: Names, name: string): string {
  const { say, language, timeZone } = reader();
  const attribute = type.attributes.get(name);
  if (attribute !== undefined) return valueText(attribute, object.values[name] ?? null, names, { language, timeZone });
  switch (name) {
    case 'number':
      return object.number;
    case 'state': {
      const state = type.lifecycle?.states.get(object.state ?? '');
      return state === undefined ? '' : say(state.label);
    }
    case 'created_at':
      return formatDate(object.createdAt, { language, timeZone });
    case 'updated_at':
      return formatDate(object.updatedAt, { language, timeZone });
    default:
      return '';
  }
}
