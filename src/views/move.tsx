import { type PageAnswer, page } from '../http/index.ts';
import { Refusal, same, type Text } from '../kernel/index.ts';
import type { TypeModel, ViewOf } from '../model/index.ts';
import {
  type AnyVisit,
  objectWords,
  type PossibleTransition,
  possibleTransitions,
  readObject,
  type StoredObject,
  stateTone,
  transitionObject,
  updateObject,
  whyNot,
} from '../objects/index.ts';
import { writeOnce } from '../store/index.ts';
import { LinkButton, StateBar, type Transition } from '../ui/index.ts';
import { type Looking, viewedType } from './looking.ts';
import type { Seen } from './seen.ts';

export interface Moving {
  readonly visit: AnyVisit;
  readonly looking: Looking;
  readonly view: Seen & { readonly says: ViewOf<'board'> };
  readonly path: string;
}

/** Where a card can go, and why not elsewhere. The one page for all cards, with or without script. */
export async function movePage(moving: Moving, number: string): Promise<PageAnswer> {
  const { visit, looking, view, path } = moving;
  const type = viewedType(looking, view.says.of);
  const object = await readObject(looking.scope, looking.acting, type.name, number);
  const action = `${path}/move/${encodeURIComponent(object.number)}`;
  const generic = looking.addresses.generic(type.name, object);
  const isState = view.says.lanes === 'state';
  const transitions = isState
    ? (await possibleTransitions(looking.scope, looking.acting, type.name, object.id, visit.who.actor))
        .filter(({ transition }) => transition.from.includes(object.state ?? ''))
        .map((one) => step(one, object, action, generic))
    : await choices(moving, type, object, action);
  return page({
    title: { fr: `Déplacer : ${object.title}`, en: `Move: ${object.title}` },
    breadcrumbs: [
      { href: path, text: view.label },
      { href: looking.addresses.object(type.name, object), text: same(object.number) },
    ],
    content: (
      <>
        <StateBar id="state" state={standing(type, object, view.says.lanes)} transitions={transitions} />
        {transitions.length === 0 ? <p>{nowhere[looking.reading.language]}</p> : null}
        <LinkButton kind="quiet" href={path} text={{ fr: 'Revenir au tableau', en: 'Back to the board' }} />
      </>
    ),
  });
}

const nowhere: Text = {
  fr: 'Il ne va nulle part depuis son état : il est au bout de son cycle de vie.',
  en: 'It goes nowhere from its state: it is at the end of its life cycle.',
};

function standing(type: TypeModel, object: StoredObject, lanes: string) {
  if (lanes === 'state') {
    const state = type.lifecycle?.states.get(object.state ?? '');
    return {
      tone: state === undefined ? ('neutral' as const) : stateTone(type, state),
      text: state?.label ?? same('—'),
    };
  }
  const value = object.values[lanes] ?? null;
  return {
    tone: 'neutral' as const,
    text: optionsOf(type, lanes).find((one) => one.value === value)?.label ?? same('—'),
  };
}

/** What only lacks fields is a page that asks for them. */
function step(
  { transition, isPossible, reasons }: PossibleTransition,
  object: StoredObject,
  action: string,
  generic: string,
): Transition {
  const text = transition.label;
  if (isPossible) {
    return { kind: 'post', text, action, fields: { transition: transition.name, version: String(object.version) } };
  }
  if (reasons.every(({ code }) => code === 'transition.missing')) {
    return { kind: 'page', text, href: `${generic}/transitions/${transition.name}` };
  }
  const reason = { fr: reasons.map((one) => one.text.fr).join(' '), en: reasons.map((one) => one.text.en).join(' ') };
  const isMissing = reasons.some(({ code }) => code === 'transition.missing');
  const mend = isMissing
    ? { href: `${generic}/transitions/${transition.name}`, text: objectWords.fillIn }
    : { href: generic, text: { fr: 'Voir l’objet', en: 'See the object' } };
  return { kind: 'impossible', text, reason, mends: [mend] };
}

function optionsOf(type: TypeModel, lanes: string): readonly { readonly value: string; readonly label: Text }[] {
  const control = type.attributes.get(lanes)?.type.control;
  return control?.kind === 'choice' ? control.options : [];
}

async function choices(
  { looking, view, visit }: Moving,
  type: TypeModel,
  object: StoredObject,
  action: string,
): Promise<readonly Transition[]> {
  const reason = visit.who.isReadOnly
    ? { fr: 'Votre rôle ne modifie rien.', en: 'Your role changes nothing.' }
    : await whyNot(looking.scope, looking.acting.asker, type, 'update', object.id);
  return optionsOf(type, view.says.lanes)
    .filter(({ value }) => value !== object.values[view.says.lanes])
    .map(({ value, label }) =>
      reason === null
        ? { kind: 'post', text: label, action, fields: { lane: value, version: String(object.version) } }
        : { kind: 'impossible', text: label, reason },
    );
}

/** The same functions as everywhere: a board moves nothing that its object's page wouldn't. */
export async function move(moving: Moving, number: string, asked: Readonly<Record<string, unknown>>): Promise<void> {
  const { visit, looking, view } = moving;
  const { of, lanes } = view.says;
  const version = typeof asked.version === 'string' && /^\d{1,9}$/.test(asked.version) ? Number(asked.version) : null;
  await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
    if (lanes === 'state') {
      if (typeof asked.transition !== 'string') throw noMove();
      await transitionObject(writing, looking.acting, of, number, {
        transition: asked.transition,
        values: {},
        version,
      });
    } else {
      if (typeof asked.lane !== 'string') throw noMove();
      await updateObject(writing, looking.acting, of, number, { values: { [lanes]: asked.lane }, version });
    }
    return { status: 303, resource: number };
  });
}

function noMove(): Refusal {
  return new Refusal('view.no_move', 400, {
    fr: 'Rien ne dit où déplacer cet objet : choisissez une destination. Rien n’a changé.',
    en: 'Nothing says where to move this object: choose a destination. Nothing has changed.',
  });
}
