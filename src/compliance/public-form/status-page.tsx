import { page } from '../../http/index.ts';
import { dayOf, type Text } from '../../kernel/index.ts';
import { Day, DefinitionList, LinkButton, Notice, reader, Section } from '../../ui/index.ts';
import { words as confirmationWords } from '../confirmation/words.ts';
import type { Sender } from '../letters/letter.ts';
import { applicationOrders } from '../order/latest.ts';
import { hasEnded } from '../order/states.ts';
import type { RequestView } from '../request/view.ts';
import { words } from './words.ts';

/** Where the request stands, in plain words, for whoever holds its link. No personal value: a link may be forwarded. */
export function statusPage(
  organisation: { readonly name: string; readonly slug: string },
  view: RequestView,
  sender: Sender | null,
) {
  const { request } = view;
  return page({
    title: { fr: `Votre demande ${request.number}`, en: `Your request ${request.number}` },
    lead: words.statusLead(organisation.name),
    shell: 'bare',
    content: (
      <>
        <Notice tone={toneOf(view)} title={statusWords(view)} detail={pendingWords(view)}>
          <Until view={view} />
        </Notice>
        <StatusFacts view={view} />
        <Onward organisation={organisation} view={view} />
        <Section id="contact" title={words.whoToAsk}>
          <Contact organisation={organisation.name} sender={sender} />
        </Section>
        <Section id="remedies" title={words.rights}>
          <Remedies />
        </Section>
      </>
    ),
  });
}

/** Until when a confirmation is awaited, and what follows. */
function Until(props: { readonly view: RequestView }) {
  const { confirmation } = props.view;
  if (confirmation?.isAwaited !== true) return null;
  return <p>{reader().say(confirmationWords.until(confirmation.lastDay))}</p>;
}

/** A closed request that nobody confirmed left no answer to read again: only another can be made. */
function Onward(props: { readonly organisation: { readonly slug: string }; readonly view: RequestView }) {
  const { request, confirmation } = props.view;
  const { slug } = props.organisation;
  if (confirmation !== null && confirmation.endedAt !== null) {
    return <LinkButton href={`/r/${slug}`} text={words.again} kind="main" />;
  }
  return request.answered_at === null ? null : <LinkButton href={`/r/${slug}/link`} text={words.readAgain} />;
}

function toneOf({ request }: RequestView): 'good' | 'accent' | 'warning' {
  if (request.state === 'refused') return 'warning';
  return request.answer_final_at === null ? 'accent' : 'good';
}

function statusWords({ request, clock, confirmation }: RequestView): Text {
  if (clock.state === 'suspended') return words.waitsIdentity;
  if (request.state === 'received' || request.state === 'qualified') {
    return request.identity_at === null ? words.waitsConfirmation : words.inHand;
  }
  if (confirmation !== null && confirmation.endedAt !== null) return confirmationWords.ended;
  if (request.state === 'refused') return words.refused;
  if (request.state === 'withdrawn') return words.withdrawn;
  if (request.answered_at === null) return words.inHand;
  return request.answer_final_at === null ? words.answeredPartly : words.answered;
}

/** What is still awaited: of the person, or of the organisation. Counts only: no application is named to a stranger. */
function pendingWords(view: RequestView): Text | undefined {
  const { request, orders, confirmation } = view;
  if (confirmation !== null && confirmation.endedAt !== null) return confirmationWords.endedDetail;
  if (request.state === 'refused' || request.state === 'withdrawn') return undefined;
  if (view.clock.state === 'suspended') return words.waitsIdentityDetail;
  if (request.identity_at === null) return words.confirmationDetail;
  if (request.answer_final_at !== null) return words.nothingPending;
  const asked = applicationOrders(orders);
  if (asked.length === 0) return words.notStarted;
  return words.progress(asked.filter((order) => hasEnded(order.state)).length, asked.length);
}

function StatusFacts(props: { readonly view: RequestView }) {
  const { say } = reader();
  const { request, clock } = props.view;
  const { answered_at: answeredAt, closed_at: closedAt } = request;
  return (
    <DefinitionList
      items={[
        { term: words.right, value: say(words.erasure) },
        { term: words.receivedOn, value: <Day on={clock.receivedOn} style="long" /> },
        ...(answeredAt === null
          ? [{ term: words.dueOn, value: <Day on={clock.deadline} style="long" /> }]
          : [{ term: words.answeredOn, value: <Day on={dayOf(answeredAt)} style="long" /> }]),
        ...(closedAt === null ? [] : [{ term: words.closedOn, value: <Day on={dayOf(closedAt)} style="long" /> }]),
      ]}
    />
  );
}

function Contact(props: { readonly organisation: string; readonly sender: Sender | null }) {
  const { say } = reader();
  const { sender } = props;
  const { name, email, phone } = sender?.officer ?? { name: null, email: null, phone: null };
  return (
    <p>
      {say(words.quoteNumber)}
      <br />
      {[name, sender?.name ?? props.organisation, phone].filter((part) => part !== null).join(', ')}
      {email === null ? null : (
        <>
          {' · '}
          <a href={`mailto:${email}`}>{email}</a>
        </>
      )}
    </p>
  );
}

function Remedies() {
  const { say, language } = reader();
  const href = language === 'fr' ? 'https://www.cnil.fr/fr/plaintes' : 'https://www.cnil.fr/en/plaintes';
  return (
    <p>
      {say(words.rightsDetail)} <a href={href}>{say(words.complain)}</a>
    </p>
  );
}
