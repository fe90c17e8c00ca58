import { z } from 'zod';
import { can, may } from '../../access/index.ts';
import { type PageApp, page, redirect, type Who } from '../../http/index.ts';
import { type Problem, publicId, Refusal, type Text } from '../../kernel/index.ts';
import {
  Badge,
  Button,
  ButtonForm,
  type Column,
  Day,
  DefinitionList,
  Form,
  FormActions,
  InputField,
  Notice,
  reader,
  Section,
  SelectField,
  Table,
  When,
} from '../../ui/index.ts';
import { HoldSection } from '../hold/hold-section.tsx';
import { requestHref } from '../request/request-page.tsx';
import { isRequestState, requestStateLabel } from '../request/states.ts';
import { commonKinds, kindLabel, strengthOf } from './kinds.ts';
import { findPersons, joinOf, type PersonReview, type PersonView, readPerson } from './person.ts';
import { personHref } from './person-href.ts';
import { personWords as words } from './person-words.ts';
import { decideReview } from './review.ts';
import { type JoinView, undoJoin } from './undo-join.ts';

const search = z.object({ kind: z.string().min(1).max(40), value: z.string().trim().min(1).max(320) });
const decision = z.object({ decision: z.enum(['same', 'different']), review: z.string().max(60) });

/** Persons: found by an identifier, shown pseudonymous. The search is a POST: an identifier has no place in an address. */
export function personPages(app: PageApp): void {
  const allow = may('persons.read');
  app.get('/persons', { allow }, () => searchPage({}, [], null));
  app.post(
    '/persons',
    {
      form: search,
      allow,
      again: (_visit, refusal, typed) => searchPage(typed, told(refusal.problems, refusal.text), null),
    },
    async ({ who, body }) => {
      const found = await findPersons(who, body);
      const [only] = found;
      if (found.length === 1 && only !== undefined) return redirect(personHref(only.id));
      return searchPage({ kind: body.kind }, [], found);
    },
  );
  joinPages(app);
  app.get('/persons/:id', { allow }, async ({ who, params }) => personPage(who, await readPerson(who, params.id)));
  app.post(
    '/persons/:id/reviews',
    { form: decision, allow: may('requests.handle') },
    async ({ who, params, body, cause }) => {
      const view = await readPerson(who, params.id);
      const review = view.reviews.find((one) => one.id === body.review);
      if (review === undefined)
        return redirect(personHref(view.id), { flash: { tone: 'warning', title: words.settled } });
      await decideReview(who.scope, cause, review.id, body.decision);
      return redirect(personHref(view.id), { flash: body.decision === 'same' ? words.joined : words.apart });
    },
  );
}

/** Undoing a join is the DPO's: it changes whom later orders name. */
function joinPages(app: PageApp): void {
  app.post('/persons/:id/joins/:join/undo', { allow: may('requests.decide') }, async ({ who, params, cause }) => {
    const view = await readPerson(who, params.id);
    try {
      await undoJoin(who.scope, cause, view.id, joinOf(view, params.join).id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return redirect(personHref(view.id), { flash: { tone: 'warning', title: error.text } });
    }
    return redirect(personHref(view.id), { flash: words.joinUndone });
  });
}

function told(problems: readonly Problem[], text: Text): readonly Problem[] {
  return problems.length > 0 ? problems : [{ pointer: '/value', code: 'refused', text }];
}

function searchPage(
  typed: Readonly<Record<string, string>>,
  problems: readonly Problem[],
  found: readonly PersonView[] | null,
) {
  const kinds = commonKinds.filter((kind) => strengthOf(kind) === 'strong');
  return page({
    title: words.title,
    lead: words.lead,
    status: problems.length === 0 ? 200 : 422,
    content: (
      <>
        <Form id="search" action="/persons" problems={problems}>
          <SelectField
            name="kind"
            label={words.kind}
            choices={kinds.map((value) => ({ value, text: kindLabel(value) }))}
            value={typed.kind ?? 'email'}
            emptyText={null}
            isRequired
            problems={problems}
          />
          <InputField name="value" label={words.value} isRequired autocomplete="off" problems={problems} />
          <FormActions>
            <Button kind="main" text={words.find} />
          </FormActions>
        </Form>
        {found === null ? null : found.length === 0 ? (
          <Notice tone="neutral" title={words.nobody} detail={words.nobodyDetail} />
        ) : (
          <FoundTable found={found} />
        )}
      </>
    ),
  });
}

function FoundTable(props: { readonly found: readonly PersonView[] }) {
  const columns: readonly Column<PersonView>[] = [
    { id: 'person', title: words.person, kind: 'fixed', cell: (view) => publicId('per', view.id).slice(-8) },
    { id: 'identities', title: words.identities, cell: (view) => view.identities.map((one) => one.masked).join(', ') },
    { id: 'since', title: words.since, kind: 'fixed', cell: (view) => <When at={view.createdAt} /> },
  ];
  return (
    <Section id="found" title={words.several} lead={words.severalLead}>
      <Table
        id="persons"
        caption={words.several}
        columns={columns}
        rows={props.found}
        rowHref={(view) => personHref(view.id)}
        empty={{ title: words.nobody, hint: words.nobodyDetail }}
      />
    </Section>
  );
}

function personPage(who: Who, view: PersonView) {
  const short = publicId('per', view.id).slice(-8);
  return page({
    title: { fr: `Personne ${short}`, en: `Person ${short}` },
    lead: words.pseudonymous,
    breadcrumbs: [{ text: words.title, href: '/persons' }],
    content: (
      <>
        {view.reviews
          .filter((review) => review.state === 'open')
          .map((review) => (
            <ReviewNotice view={view} review={review} mayDecide={can(who, 'requests.handle')} />
          ))}
        <Section id="identities" title={words.identities}>
          <IdentityList view={view} />
        </Section>
        <Section id="profiles" title={words.profiles} lead={words.profilesLead}>
          <ProfileTable view={view} />
        </Section>
        {view.joins.length === 0 ? null : (
          <Section id="joins" title={words.joins} lead={words.joinsLead}>
            <JoinTable view={view} mayDecide={can(who, 'requests.decide')} />
          </Section>
        )}
        <HoldSection holds={view.holds} href={personHref(view.id)} mayDecide={can(who, 'requests.decide')} />
        <Section id="requests" title={words.requests}>
          <RequestsTable view={view} />
        </Section>
      </>
    ),
  });
}

function IdentityList(props: { readonly view: PersonView }) {
  const shown = new Map(props.view.identities.map((one) => [`${one.kind} ${one.masked}`, one]));
  return (
    <DefinitionList items={[...shown.values()].map(({ kind, masked }) => ({ term: kindLabel(kind), value: masked }))} />
  );
}

function ReviewNotice(props: {
  readonly view: PersonView;
  readonly review: PersonReview;
  readonly mayDecide: boolean;
}) {
  const { review, view } = props;
  const label = kindLabel(review.kind);
  const other = publicId('per', review.other).slice(-8);
  const action = `${personHref(view.id)}/reviews`;
  return (
    <Notice
      tone="warning"
      title={{ fr: `Même ${label.fr} que la personne ${other}`, en: `Same ${label.en} as person ${other}` }}
      detail={review.contradiction === 'birth_date' ? words.birthDiffers : words.nameDiffers}
    >
      {props.mayDecide ? (
        <div class="actions">
          <ButtonForm action={action} fields={{ review: review.id, decision: 'different' }} text={words.different} />
          <ButtonForm action={action} fields={{ review: review.id, decision: 'same' }} text={words.same} />
        </div>
      ) : null}
    </Notice>
  );
}

type Profile = PersonView['profiles'][number];

function ProfileTable(props: { readonly view: PersonView }) {
  const { say } = reader();
  const columns: readonly Column<Profile>[] = [
    {
      id: 'source',
      title: words.source,
      cell: (profile) => say(profile.applicationId === null ? words.fromRequest : words.fromApplication),
    },
    {
      id: 'kinds',
      title: words.kinds,
      cell: (profile) => profile.kinds.map((kind) => say(kindLabel(kind))).join(', '),
    },
    { id: 'since', title: words.since, kind: 'fixed', cell: (profile) => <When at={profile.createdAt} /> },
  ];
  return (
    <Table
      id="profiles-table"
      caption={words.profiles}
      columns={columns}
      rows={props.view.profiles}
      narrow="cards"
      empty={{ title: words.noProfile, hint: words.noProfileHint }}
    />
  );
}

function JoinTable(props: { readonly view: PersonView; readonly mayDecide: boolean }) {
  const { say } = reader();
  const action = (join: JoinView) => `${personHref(props.view.id)}/joins/${join.id}/undo`;
  const columns: readonly Column<JoinView>[] = [
    { id: 'with', title: words.joinedWith, kind: 'fixed', cell: (join) => publicId('per', join.other).slice(-8) },
    {
      id: 'by',
      title: words.foundBy,
      cell: (join) => {
        const kinds = join.kinds.map((kind) => say(kindLabel(kind))).join(', ');
        return `${say(join.foundBy === 'review' ? words.byReview : words.byIdentifiers)} (${kinds})`;
      },
    },
    { id: 'at', title: words.joinedOn, kind: 'fixed', cell: (join) => <When at={join.joinedAt} /> },
    {
      id: 'undo',
      title: words.undo,
      cell: (join) => {
        if (join.undoneAt !== null) return <Badge tone="neutral" text={words.undone} />;
        return props.mayDecide ? <ButtonForm action={action(join)} text={words.undoJoin} kind="quiet" /> : null;
      },
    },
  ];
  return (
    <Table
      id="joins-table"
      caption={words.joins}
      columns={columns}
      rows={props.view.joins}
      narrow="cards"
      empty={{ title: words.joins, hint: words.joinsLead }}
    />
  );
}

type PersonRequest = PersonView['requests'][number];

function RequestsTable(props: { readonly view: PersonView }) {
  const columns: readonly Column<PersonRequest>[] = [
    { id: 'number', title: words.number, kind: 'fixed', cell: (row) => row.number },
    {
      id: 'state',
      title: words.state,
      cell: (row) =>
        isRequestState(row.state) ? <Badge tone="accent" text={requestStateLabel(row.state)} /> : row.state,
    },
    { id: 'received', title: words.received, kind: 'fixed', cell: (row) => <Day on={row.received_on} /> },
  ];
  return (
    <Table
      id="requests-table"
      caption={words.requests}
      columns={columns}
      rows={props.view.requests}
      rowHref={(row) => requestHref(row.id)}
      narrow="cards"
      empty={{ title: words.noRequest, hint: words.noRequestHint }}
    />
  );
}
