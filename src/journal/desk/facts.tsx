import { type Json, same, type Text } from '../../kernel/index.ts';
import { CodeBlock, DefinitionList, formatValue, reader, When } from '../../ui/index.ts';
import type { EntryBody } from '../entry.ts';
import { ownFacts, words } from './words.ts';

/** How a room's facts are read by people: what each is called, and what its codes mean. */
export interface FactWords {
  readonly names: Readonly<Record<string, Text>>;
  /** What a code means under that name; null when it is none of this room's. */
  value?(name: string, code: string, data: EntryBody['data']): Text | null;
}

/** Reads the facts of one entry in words; what no room names keeps its own name. */
class FactReader {
  readonly #rooms: readonly FactWords[];
  readonly #data: EntryBody['data'];

  constructor(rooms: readonly FactWords[], data: EntryBody['data']) {
    this.#rooms = [ownFacts, ...rooms];
    this.#data = data;
  }

  name(name: string): Text {
    return this.#rooms.map((room) => room.names[name]).find((text) => text !== undefined) ?? same(name);
  }

  /** One line for any value: lists are enumerated, what has members is told member by member. */
  value(name: string, value: Json): string {
    const { say, language, timeZone } = reader();
    if (value === null) return say(words.nothing);
    if (typeof value === 'boolean') return formatValue({ kind: 'yes-no', value }, { language, timeZone });
    if (typeof value === 'number') return formatValue({ kind: 'number', value }, { language, timeZone });
    if (typeof value === 'string') return this.#text(name, value);
    if (Array.isArray(value)) return value.map((one) => this.value(name, one)).join(', ') || say(words.nothing);
    const members = Object.entries(value).map(([key, one]) => `${say(this.name(key))} ${this.value(key, one)}`);
    return members.join(', ') || say(words.nothing);
  }

  #text(name: string, value: string): string {
    const { say, language, timeZone } = reader();
    for (const room of this.#rooms) {
      const text = room.value?.(name, value, this.#data) ?? null;
      if (text !== null) return say(text);
    }
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatValue({ kind: 'day', value }, { language, timeZone });
    // A digest is recognised by its first digits.
    return /^[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 8)}…` : value;
  }
}

/** The first facts of an entry, in one line of a list. */
export function factsLine(rooms: readonly FactWords[], entry: EntryBody): string {
  const { say } = reader();
  const facts = new FactReader(rooms, entry.data);
  const colon = say({ fr: ' :', en: ':' });
  return Object.entries(entry.data)
    .filter(([, value]) => value === null || typeof value !== 'object')
    .slice(0, 4)
    .map(([name, value]) => `${say(facts.name(name))}${colon} ${facts.value(name, value)}`)
    .join(' · ');
}

/** All facts of an entry in words, and behind one click as they were signed. */
export function Facts(props: { readonly rooms: readonly FactWords[]; readonly data: EntryBody['data'] }) {
  const entries = Object.entries(props.data);
  if (entries.length === 0) return null;
  const { say } = reader();
  const facts = new FactReader(props.rooms, props.data);
  return (
    <>
      <h3>{say(words.facts)}</h3>
      <DefinitionList
        items={entries.map(([name, value]) => ({
          term: facts.name(name),
          value: isMoment(value) ? <When at={new Date(value)} show="moment" /> : facts.value(name, value),
        }))}
      />
      <details class="explain">
        <summary>{say(words.rawFacts)}</summary>
        <CodeBlock id="facts" label={words.rawFacts} code={JSON.stringify(props.data, null, 2)} />
      </details>
    </>
  );
}

function isMoment(value: Json): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value);
}
