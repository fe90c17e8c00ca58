import { findUser } from '../../access/index.ts';
import { isUuid, joined, same, type Text, type Uuid } from '../../kernel/index.ts';
import { manyTyped, type Reading, type Relation, type TypeModel, type Value } from '../../model/index.ts';
import type { Scope } from '../../store/index.ts';
import type { Change, TimelineEntry } from '../../ui/index.ts';
import { discussionWords } from '../discussion/words.ts';
import { fileWords } from '../files/words.ts';
import type { HistoryEvent, RecordedChange } from '../history.ts';
import { type Names, referredBy, valueText } from './shown.tsx';
import { words } from './words.ts';

/** Names of those who acted, as far as they are still known. */
export async function actorNames(scope: Scope, actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const actor of new Set(actors)) {
    const [kind, id = ''] = actor.split(':');
    if (kind !== 'user' || !isUuid(id)) continue;
    const user = await findUser(scope, id);
    if (user !== null) names.set(actor, user.name);
  }
  return names;
}

const kinds: Readonly<Record<string, Text>> = {
  user: { fr: 'Ancien utilisateur', en: 'A former user' },
  api_key: { fr: 'Clé d’accès', en: 'API key' },
  application: { fr: 'Application', en: 'Application' },
  person: { fr: 'La personne', en: 'The person' },
  system: { fr: 'Socle', en: 'Socle' },
};

export function actorWords(actor: string, names: ReadonlyMap<string, string>, reading: Reading): string {
  return names.get(actor) ?? kinds[actor.split(':')[0] ?? '']?.[reading.language] ?? actor;
}

/** Ids that the references in these events point to. */
export function historyReferences(
  type: TypeModel,
  events: readonly HistoryEvent[],
): readonly { readonly type: string; readonly id: Uuid }[] {
  return events.flatMap((event) =>
    event.changes.flatMap((change) => {
      if (change.isForgotten) return [];
      if (type.relations.has(change.attribute)) {
        return [change.from, change.to].flatMap((value) => linkedIn(type, change.attribute, value));
      }
      const attribute = type.attributes.get(change.attribute);
      if (attribute === undefined) return [];
      return [change.from, change.to].flatMap((value) => referredBy(attribute, value));
    }),
  );
}

/** The object that a link led to. */
function linkedIn(
  type: TypeModel,
  relation: string,
  value: Value,
): readonly { readonly type: string; readonly id: Uuid }[] {
  const to = manyTyped(value);
  return to !== null && to.type === type.relations.get(relation)?.to ? [to] : [];
}

/** The object that a link led to, and what was said of it. */
function linkWords(relation: Relation, value: Value, names: Names, reading: Reading): string | null {
  const to = manyTyped(value);
  if (to === null) return null;
  const said: unknown = Reflect.get(Object(value), 'values') ?? {};
  const parts = [...relation.attributes.values()].flatMap((attribute) => {
    const given: Value = Reflect.get(Object(said), attribute.name) ?? null;
    return given === null ? [] : [`${attribute.label[reading.language]} ${attribute.type.show(given, reading)}`];
  });
  return [names.get(to.id)?.title ?? words.hidden[reading.language], ...parts].join(' · ');
}

export interface Told {
  readonly type: TypeModel;
  readonly names: Names;
  readonly actors: ReadonlyMap<string, string>;
  readonly reading: Reading;
}

/** History as people read it: who did what, and what changed from what to what. */
export function historyEntries(events: readonly HistoryEvent[], told: Told): readonly TimelineEntry[] {
  return events.map((event) => ({
    at: event.at,
    actor: actorWords(event.actor, told.actors, told.reading),
    text: actionText(told.type, event),
    // What an object was created with would all read "from nothing": the page shows what it is, the changes what it was.
    changes: toldByText.has(event.action) ? [] : event.changes.map((change) => changeWords(change, told)),
  }));
}

/** Of which the text says it all. */
const toldByText: ReadonlySet<HistoryEvent['action']> = new Set(['create', 'tick', 'untick']);

function actionText(type: TypeModel, event: HistoryEvent): Text {
  switch (event.action) {
    case 'create':
      return { fr: 'Création', en: 'Created' };
    case 'update':
      return { fr: 'Modification', en: 'Changed' };
    case 'delete':
      return { fr: 'Suppression', en: 'Deleted' };
    case 'link':
      return { fr: 'Lien', en: 'Link' };
    case 'unlink':
      return { fr: 'Lien retiré', en: 'Link removed' };
    case 'attach':
      return { fr: 'Pièces jointes ajoutées', en: 'Attachments added' };
    case 'detach':
      return { fr: 'Pièce jointe retirée', en: 'Attachment removed' };
    case 'comment':
      return { fr: 'Commentaire changé ou retiré', en: 'Comment changed or removed' };
    case 'transition': {
      const label = type.lifecycle?.transitions.get(event.transition ?? '')?.label;
      return label ?? { fr: event.transition ?? '', en: event.transition ?? '' };
    }
    case 'tick': {
      const { fr, en } = tickedText(type, event);
      return { fr: `Coché : ${fr}`, en: `Ticked: ${en}` };
    }
    case 'untick': {
      const { fr, en } = tickedText(type, event);
      return { fr: `Décoché : ${fr}`, en: `Tick taken back: ${en}` };
    }
  }
}

/** `Lend · charger in the bag, screen cleaned`; an item that the pack has dropped since shows by its name. */
function tickedText(type: TypeModel, event: HistoryEvent): Text {
  const transition = type.lifecycle?.transitions.get(event.transition ?? '');
  const items = event.changes.map(
    ({ attribute }) => transition?.checklist.find(({ name }) => name === attribute)?.label ?? same(attribute),
  );
  return joined([transition?.label ?? same(event.transition ?? ''), joined(items, ', ')], ' · ');
}

/** What history tells of an object besides its attributes. */
const pseudo: Readonly<Record<string, Text>> = {
  state: words.state,
  attachment: fileWords.attachment,
  comment: discussionWords.comment,
};

function changeWords(change: RecordedChange, { type, names, reading }: Told): Change {
  const attribute = type.attributes.get(change.attribute);
  const relation = type.relations.get(change.attribute);
  const field = attribute?.label ??
    relation?.label ??
    pseudo[change.attribute] ?? { fr: change.attribute, en: change.attribute };
  if (change.isForgotten)
    return { field, from: words.forgotten[reading.language], to: words.forgotten[reading.language] };
  const say = (value: Value): string | null => {
    if (value === null) return null;
    if (relation !== undefined) return linkWords(relation, value, names, reading);
    if (change.attribute === 'state')
      return type.lifecycle?.states.get(String(value))?.label[reading.language] ?? String(value);
    if (attribute === undefined) return typeof value === 'string' ? value : JSON.stringify(value);
    return valueText(attribute, value, names, reading);
  };
  return { field, from: say(change.from), to: say(change.to) };
}
