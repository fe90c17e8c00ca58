import { counted, type Text } from '../../kernel/index.ts';
import { Button, formatDay, formatTime, LinkButton, type Locale, reader, Vessels } from '../../ui/index.ts';
import { isSeenBySocle, orderStateLabel } from '../order/states.ts';
import type { RequestView } from '../request/view.ts';
import { vesselOf } from './drawing.ts';
import { type Change, type Moment, momentsOf, type Standing, standingsAt } from './history.ts';
import { sentenceOf } from './sentence.ts';
import { words } from './words.ts';

type Facts = Pick<RequestView, 'orders' | 'steps'>;

/** The sentence and the vessels, as things stand. Sent anew by each event. */
export function LivePicture(props: { readonly view: Facts }) {
  return <Picture id="picture" standings={standingsAt(momentsOf(props.view.orders, props.view.steps), null)} />;
}

/** More applications than that have their vessels on the picture's own page: the request's page says the sentence. */
const mostBeside = 12;

/** The sentence, and the vessels while they are few enough to stand beside what is told of them. Sent anew by each event. */
export function LiveSummary(props: { readonly view: Facts }) {
  const standings = standingsAt(momentsOf(props.view.orders, props.view.steps), null);
  if (standings.length <= mostBeside) return <Picture id="picture" standings={standings} />;
  const sentence = reader().say(sentenceOf(standings));
  return (
    <div id="summary" class="picture" data-announce={sentence}>
      <p>{sentence}</p>
    </div>
  );
}

function Picture(props: { readonly id: string; readonly standings: readonly Standing[] }) {
  const { say } = reader();
  const sentence = say(sentenceOf(props.standings));
  return (
    <div id={props.id} class="picture" data-announce={sentence}>
      <p>{sentence}</p>
      {props.standings.length === 0 ? null : (
        <Vessels id={`${props.id}-vessels`} label={words.vessels} vessels={props.standings.map(vesselOf)} />
      )}
    </div>
  );
}

/** The same with its way through time. `place`: the moment looked at, from 1; null: now, which follows the server. */
export function Replay(props: { readonly view: Facts; readonly place: number | null; readonly href: string }) {
  const moments = momentsOf(props.view.orders, props.view.steps);
  const place = props.place === null ? null : Math.min(props.place, moments.length);
  const isThen = place !== null && place > 0;
  return (
    <div id="replay">
      <Picture id={isThen ? 'picture-then' : 'picture'} standings={standingsAt(moments, isThen ? place : null)} />
      {moments.length === 0 ? null : <TimeLine moments={moments} place={isThen ? place : null} href={props.href} />}
    </div>
  );
}

/** Also sent by each event: a new moment lengthens the line. */
export function LiveTimeLine(props: { readonly view: Facts; readonly href: string }) {
  const moments = momentsOf(props.view.orders, props.view.steps);
  return moments.length === 0 ? <div id="moments" /> : <TimeLine moments={moments} place={null} href={props.href} />;
}

interface TimeLineProps {
  readonly moments: readonly Moment[];
  readonly place: number | null;
  readonly href: string;
}

/** A slider over the moments, and links from one to the next: each is a page of its own (`?at=`), with or without script. */
function TimeLine({ moments, place, href }: TimeLineProps) {
  const { say, ...locale } = reader();
  const last = moments.length;
  const at = place ?? last;
  const moment = moments[at - 1];
  const when = moment === undefined ? '' : instant(moment.at, locale);
  return (
    <div id={place === null ? 'moments' : 'moments-then'} class="moments">
      <form
        method="get"
        action={href}
        aria-label={say(words.replay)}
        hx-get={href}
        hx-target="#replay"
        hx-select="#replay"
      >
        <label for="moment">{say(words.moment(at, last))}</label>
        <input
          type="range"
          id="moment"
          name="at"
          min={1}
          max={last}
          value={at}
          aria-valuetext={when}
          data-submits
          disabled={last === 1}
        />
        <Button text={words.see} />
        <button type="button" id="play" class="button quiet" data-plays="moment" hidden>
          {say(words.play)}
        </button>
      </form>
      <p class="moment">
        <strong>{when}</strong> {moment === undefined ? null : say(whatChanged(moment.changes))}
      </p>
      <p class="actions">
        {at > 1 ? <LinkButton href={`${href}?at=${at - 1}`} text={words.earlier} kind="quiet" /> : null}
        {place !== null && at < last ? (
          <LinkButton href={`${href}?at=${at + 1}`} text={words.later} kind="quiet" />
        ) : null}
        {place === null ? null : <LinkButton href={href} text={words.now} kind="quiet" />}
      </p>
    </div>
  );
}

/** `Boutique : Exécuté ; Fidélité : Acquitté`, or how many when they are more. */
function whatChanged(changes: readonly Change[]): Text {
  if (changes.length > 4) {
    const [first] = changes;
    const isSame = first !== undefined && changes.every(({ state }) => state === first.state);
    const count = counted(changes.length, words.anOrder, words.orders);
    if (!isSame) return { fr: `${count.fr} ont avancé`, en: `${count.en} moved on` };
    const label = orderStateLabel(first.state);
    return { fr: `${count.fr} : ${label.fr.toLowerCase()}`, en: `${count.en}: ${label.en.toLowerCase()}` };
  }
  const each = changes.map(({ order, state }): Text => {
    const label = orderStateLabel(state, isSeenBySocle(order.channel));
    return {
      fr: `${order.application} : ${label.fr.toLowerCase()}`,
      en: `${order.application}: ${label.en.toLowerCase()}`,
    };
  });
  return { fr: each.map(({ fr }) => fr).join(' ; '), en: each.map(({ en }) => en).join('; ') };
}

/** To the second: answers arrive within moments of each other. */
function instant(at: Date, locale: Locale): string {
  return `${formatDay(at, locale, 'medium')}, ${formatTime(at, locale)}`;
}
