import { digestOf } from './canonical.mjs';

export const actions = ['erase', 'anonymise', 'archive', 'restrict', 'suspend', 'release', 'export', 'rectify'];

/** A body that is not an order, with the place of what is wrong (a JSON pointer). */
export class NotAnOrder extends Error {
  constructor(pointer, words) {
    super(words);
    this.name = 'NotAnOrder';
    this.pointer = pointer;
  }
}

/** What an order is to the application's functions. Throws `NotAnOrder`. */
export function readOrder(event) {
  need(isObject(event), '', 'a JSON object is expected');
  need(event.specversion === '1.0', '/specversion', 'a CloudEvent 1.0 is expected');
  need(event.type === 'org.socle.order.v1', '/type', 'org.socle.order.v1 is expected');
  const { data } = event;
  need(isObject(data), '/data', 'an object is expected');
  for (const name of ['order', 'key', 'application']) need(isText(data[name]), `/data/${name}`, 'a text is expected');
  need(actions.includes(data.action), '/data/action', `one of ${actions.join(', ')} is expected`);
  need(Array.isArray(data.persons) && data.persons.length > 0, '/data/persons', 'at least one person is expected');
  return {
    id: data.order,
    key: data.key,
    action: data.action,
    application: data.application,
    cause: data.cause ?? null,
    due: isText(data.due) ? new Date(data.due) : null,
    categories: Array.isArray(data.scope?.categories) ? data.scope.categories : null,
    isTest: isText(event.test),
    digest: digestOf(event),
    persons: data.persons.map(readPerson),
  };
}

function readPerson(person, index) {
  const at = `/data/persons/${index}`;
  need(isObject(person) && isText(person.ref), `${at}/ref`, 'a text is expected');
  need(Array.isArray(person.identities), `${at}/identities`, 'a list is expected');
  const identities = person.identities.map((identity, place) => {
    const isIdentity = isObject(identity) && isText(identity.kind) && isText(identity.value);
    need(isIdentity, `${at}/identities/${place}`, 'kind and value are expected');
    return { kind: identity.kind, value: identity.value };
  });
  return {
    ref: person.ref,
    identities,
    values: (kind) => identities.filter((identity) => identity.kind === kind).map((identity) => identity.value),
    isResumed: false,
  };
}

function need(holds, pointer, words) {
  if (!holds) throw new NotAnOrder(pointer, words);
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value) {
  return typeof value === 'string' && value !== '';
}
