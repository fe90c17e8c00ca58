import type { Who } from '../../http/index.ts';
import { type Id, parseId, publicId, Refusal } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { type HoldView, holdsOf } from '../hold/hold.ts';
import { relatedPersons } from '../socle/holdings.ts';
import { type GivenIdentity, kindLabel, maskIdentity, normaliseIdentities, strengthOf } from './kinds.ts';
import { type KnownPerson, lookupHash, openPerson, openPersons } from './secret.ts';
import { type JoinView, joinsOf, noJoin } from './undo-join.ts';

/** A person as a page shows them: pseudonymous, identifiers masked. */
export interface PersonView {
  readonly id: Id<'person'>;
  readonly createdAt: Date;
  readonly identities: readonly { readonly kind: string; readonly masked: string }[];
  readonly profiles: readonly {
    readonly applicationId: string | null;
    readonly requestId: string | null;
    readonly createdAt: Date;
    readonly kinds: readonly string[];
  }[];
  readonly requests: readonly {
    readonly id: Id<'request'>;
    readonly number: string;
    readonly state: string;
    readonly received_on: string;
    readonly due_on: string;
    readonly controller_id: string | null;
  }[];
  readonly reviews: readonly PersonReview[];
  /** Those that brought profiles here, the latest first. */
  readonly joins: readonly JoinView[];
  /** The latest first, those that ended too. */
  readonly holds: readonly HoldView[];
}

export interface PersonReview {
  readonly id: Id<'identity_review'>;
  readonly other: Id<'person'>;
  readonly kind: string;
  readonly contradiction: string;
  readonly state: string;
}

/** The persons who hold this identifier: none, one, or the several who share it. Never by a weak one. */
export async function findPersons(
  who: Pick<Who, 'scope' | 'perimeters'>,
  given: GivenIdentity,
): Promise<readonly PersonView[]> {
  const { scope } = who;
  const [identity] = normaliseIdentities([given]);
  if (identity === undefined || strengthOf(identity.kind) !== 'strong') throw weakSearch();
  const found = await scope.db
    .selectFrom('compliance.identity_lookup')
    .select('person_id')
    .distinct()
    .where('hash', '=', lookupHash(scope.keys, identity))
    .execute();
  const ids = found.map((row) => row.person_id);
  const known = [...(await openPersons(scope.db, scope, ids)).values()];
  const views = await Promise.all(known.map((person) => viewOf(scope, person)));
  return views.filter((view) => isVisible(who, view)).map((view) => within(who, view));
}

/** One person. Refuses (404) the unknown, the forgotten and those of no request in the caller's perimeter, alike. */
export async function readPerson(who: Pick<Who, 'scope' | 'perimeters'>, reference: string): Promise<PersonView> {
  const id: Id<'person'> | null = parseId('per', reference);
  const person = id === null ? null : await openPerson(who.scope.db, who.scope, id);
  const view = person === null ? null : await viewOf(who.scope, person);
  if (view === null || !isVisible(who, view)) throw noPerson();
  return within(who, view);
}

async function viewOf(scope: Scope, person: KnownPerson): Promise<PersonView> {
  const related = await relatedPersons(scope.db, [person.id]);
  const [requests, reviews, holds, joins] = await Promise.all([
    scope.db
      .selectFrom('compliance.request')
      .select(['id', 'number', 'state', 'received_on', 'due_on', 'controller_id'])
      .where('person_id', 'in', related)
      .orderBy('received_on', 'desc')
      .limit(25)
      .execute(),
    scope.db
      .selectFrom('compliance.identity_review')
      .select(['id', 'person_id', 'other_person_id', 'kind', 'contradiction', 'state'])
      .where((where) => where.or([where('person_id', '=', person.id), where('other_person_id', '=', person.id)]))
      .limit(25)
      .execute(),
    holdsOf(scope.db, scope, person.id),
    joinsOf(scope.db, person.id),
  ]);
  return {
    id: person.id,
    createdAt: person.createdAt,
    identities: person.identities.map(({ kind, value }) => ({ kind, masked: maskIdentity(kind, value) })),
    profiles: person.profiles.map((profile) => ({
      applicationId: profile.applicationId,
      requestId: profile.requestId,
      createdAt: profile.createdAt,
      kinds: profile.identities.map((identity) => identity.kind),
    })),
    requests,
    holds,
    joins,
    reviews: reviews.map(({ person_id, other_person_id, ...review }) => ({
      ...review,
      other: person_id === person.id ? other_person_id : person_id,
    })),
  };
}

/** The join of this person that an address names. Refuses (404) another's. */
export function joinOf(view: Pick<PersonView, 'joins'>, id: string): JoinView {
  const join = view.joins.find((one) => one.id === id);
  if (join === undefined) throw noJoin();
  return join;
}

/** A relay sees the persons of their own controllers' requests. */
function isVisible(who: Pick<Who, 'perimeters'>, view: PersonView): boolean {
  const { perimeters } = who;
  if (perimeters === null) return true;
  return view.requests.some((request) => request.controller_id !== null && perimeters.includes(request.controller_id));
}

/** What they may see of a person: the requests of their own controllers. */
function within(who: Pick<Who, 'perimeters'>, view: PersonView): PersonView {
  const { perimeters } = who;
  if (perimeters === null) return view;
  const requests = view.requests.filter(
    ({ controller_id }) => controller_id !== null && perimeters.includes(controller_id),
  );
  return { ...view, requests };
}

export function personJson(view: PersonView, language: 'fr' | 'en') {
  return {
    id: publicId('per', view.id),
    createdAt: view.createdAt.toISOString(),
    identities: view.identities.map(({ kind, masked }) => ({ kind, label: kindLabel(kind)[language], value: masked })),
    profiles: view.profiles.map((profile) => ({
      application: profile.applicationId === null ? null : publicId('app', profile.applicationId),
      request: profile.requestId === null ? null : publicId('req', profile.requestId),
      createdAt: profile.createdAt.toISOString(),
      kinds: profile.kinds,
    })),
    joins: view.joins.map((join) => ({
      id: join.id,
      other: publicId('per', join.other),
      foundBy: join.foundBy,
      kinds: join.kinds,
      joinedAt: join.joinedAt.toISOString(),
      undoneAt: join.undoneAt?.toISOString() ?? null,
    })),
    requests: view.requests.map((request) => ({
      id: publicId('req', request.id),
      number: request.number,
      state: request.state,
      receivedOn: request.received_on,
    })),
  };
}

export function noPerson(): Refusal {
  return new Refusal('person.not_found', 404, {
    fr: 'Cette personne est inconnue, a été oubliée, ou n’est pas dans votre périmètre.',
    en: 'This person is unknown, was forgotten, or is not in your perimeter.',
  });
}

function weakSearch(): Refusal {
  return new Refusal('person.weak_search', 422, {
    fr: 'On ne cherche une personne que par un identifiant qui la désigne : adresse e-mail, numéro de fidélité ou de client.',
    en: 'A person is only searched by an identifier that names them: e-mail address, loyalty or customer number.',
  });
}
