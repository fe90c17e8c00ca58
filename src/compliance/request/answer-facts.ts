import { categoryText, isCategory } from '../../channels/index.ts';
import { dayOf, joined, type Text } from '../../kernel/index.ts';
import type { Aftermath, Checked, Done, LetterContent, Pending, RefusalGroundCode, Refused } from '../letters/index.ts';
import { findingTold, roleTold } from '../order/hand-check-words.ts';
import { isSettled, type OrderView } from '../order/latest.ts';
import { removedReason } from '../order/removed.ts';
import { mayGoOn } from '../order/states.ts';

export type AnswerKind = 'complete' | 'partial' | 'not_found';

export interface AnswerFacts {
  readonly kind: AnswerKind;
  /** Nothing is pending any more: the last answer of the request. */
  readonly isFinal: boolean;
  readonly content: LetterContent;
}

/**
 * What may be told to the person now, from the orders as they stand: what was done and where, what is kept and why, what
 * is pending, where nothing can be said any more. Nothing is told done that isn't; "not found" is told as such.
 */
export function answerFacts(
  every: readonly OrderView[],
  identifiers: readonly Text[],
  aftermath: Aftermath = {},
): AnswerFacts {
  // An application that was retired meanwhile is neither done, nor refused, nor searched: it is told apart.
  const orders = every.filter((order) => order.reason !== removedReason);
  const retired = every.filter((order) => order.reason === removedReason).map((order) => order.application);
  const done = orders.flatMap(doneOf);
  const refused = orders.flatMap((order) => [...refusedOf(order), ...keptOf(order)]);
  const pending = orders.flatMap(pendingOf);
  const isFinal = pending.length === 0;
  if (isFinal && done.length === 0 && refused.length === 0) {
    const searched = [...orders.map((order) => order.application), 'Socle'];
    return { kind: 'not_found', isFinal, content: { kind: 'not_found', identifiers, searched, retired } };
  }
  if (isFinal && refused.length === 0 && retired.length === 0) {
    return { kind: 'complete', isFinal, content: { kind: 'complete_answer', done, ...aftermath } };
  }
  return {
    kind: 'partial',
    isFinal,
    content: { kind: 'partial_answer', done, refused, pending, retired, ...aftermath },
  };
}

function doneOf(order: OrderView): readonly Done[] {
  const isDone = order.state === 'executed' || order.state === 'verified' || order.state === 'partly';
  if (!isDone || order.endedAt === null) return [];
  const left = order.state === 'partly' ? leftCategories(order) : new Set<string>();
  const kept = new Set<string>(order.kept.flatMap(({ categories }) => categories));
  const erased = Object.entries(order.counts).filter(([category]) => !left.has(category) && !kept.has(category));
  const but = (categories: ReadonlySet<string>, why: Text, other: ReadonlySet<string> = new Set()) => {
    const some = Object.entries(order.counts).filter(([category]) => categories.has(category) && !other.has(category));
    const what = namedCategories(Object.fromEntries(some));
    return what === null ? [] : [{ what, but: why }];
  };
  const except = [...but(left, whereLeft), ...but(kept, whereKept, left)];
  const plain = namedCategories(Object.fromEntries(erased));
  const isTold = plain !== null || except.length > 0;
  // Nothing says which: only that it isn't all.
  const what = isTold ? plain : order.state === 'partly' ? partOfData : yourData;
  return [
    {
      application: order.application,
      what: order.state === 'partly' && left.size === 0 ? partOf(what) : what,
      ...(except.length === 0 ? {} : { except }),
      on: dayOf(order.endedAt),
      isVerified: order.state === 'verified',
      ...(order.checks.length === 0 ? {} : { checked: checkedOf(order) }),
    },
  ];
}

/** Told once when several tables were found alike on one day. */
function checkedOf({ checks }: OrderView): readonly Checked[] {
  const told = checks.map(({ role, at, finding }) => ({
    by: roleTold(role),
    on: dayOf(at),
    finding: findingTold[finding],
  }));
  return [...new Map(told.map((one) => [JSON.stringify(one), one])).values()];
}

/** Categories of which something may be left, as far as what was seen says it. */
function leftCategories(order: OrderView): ReadonlySet<string> {
  return new Set(order.left.flatMap(({ about }) => about?.categories ?? []));
}

const whereLeft: Text = {
  fr: 'ce qui reste en cours, indiqué ci-dessous',
  en: 'what is still pending, told below',
};

const whereKept: Text = {
  fr: 'ce que nous y conservons, indiqué ci-dessous',
  en: 'what we keep there, told below',
};

const yourData: Text = { fr: 'les données qui vous concernent', en: 'the data that concern you' };
const partOfData: Text = {
  fr: 'une partie des données qui vous concernent',
  en: 'a part of the data that concern you',
};

/** The application said that it did a part, and not which. */
function partOf(what: Text | null): Text {
  if (what === null || what === partOfData) return partOfData;
  return { fr: `en partie, ${what.fr}`, en: `in part, ${what.en}` };
}

const grounds: Readonly<Record<string, RefusalGroundCode>> = {
  legal_duty: 'legal_obligation',
  claim: 'legal_claims',
  hold: 'legal_claims',
  identity_ambiguous: 'identity_not_established',
  not_our_data: 'not_the_controller',
};

function refusedOf(order: OrderView): readonly Refused[] {
  if (order.state !== 'refused' || mayGoOn(order)) return [];
  return [
    {
      application: order.application,
      what: { fr: 'les données qui vous concernent', en: 'the data that concern you' },
      ground: grounds[order.reason ?? ''] ?? 'no_ground_applies',
      explanation: null,
      until: null,
    },
  ];
}

/** What the application keeps by decision is told with its reason: an answer that passes it over would be false. */
function keptOf(order: OrderView): readonly Refused[] {
  return order.kept.map((kept) => ({
    application: order.application,
    what: whatWas(Object.fromEntries(kept.categories.map((category) => [category, kept.rows]))),
    ground: 'legal_obligation',
    explanation: kept.reason,
    until: null,
  }));
}

function pendingOf(order: OrderView): readonly Pending[] {
  if (isSettled(order) || order.state === 'executed') return [];
  return [
    {
      application: order.application,
      reason:
        order.state === 'held' && order.problem !== null
          ? asClause(order.problem)
          : order.left.length > 0
            ? leftReason(order)
            : (pendingReasons[order.state] ?? awaited),
      expectedOn: order.dueAt === null || order.state === 'failed' ? null : dayOf(order.dueAt),
    },
  ];
}

/** A sentence, told after a colon. */
function asClause(text: Text): Text {
  const clause = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
  return { fr: clause(text.fr), en: clause(text.en) };
}

const awaited: Text = {
  fr: 'l’application n’a pas encore rendu compte de l’exécution',
  en: 'the application has not reported yet',
};

const pendingReasons: Readonly<Record<string, Text>> = {
  held: { fr: 'un gel en interdit l’exécution pour l’instant', en: 'a hold forbids it for now' },
  refused: {
    fr: 'un de vos identifiants y figure sans que rien n’indique à qui se rapportent ces données ; rien n’y a été modifié, nous le vérifions',
    en: 'one of your identifiers stands there and nothing says whose data these are; nothing was changed there, we are checking',
  },
  failed: { fr: 'l’exécution a rencontré une difficulté technique', en: 'it met a technical difficulty' },
  partly: {
    fr: 'une partie de vos données peut y rester ; nous poursuivons les recherches',
    en: 'some of your data may be left there; we are still searching',
  },
  contradicted: {
    fr: 'une vérification y a encore trouvé des données ; l’effacement est repris',
    en: 'a check still found data there; the erasure is being done again',
  },
};

/** What may be left, in words for whom it concerns: of which kind, and why it isn't gone yet. Never where. */
function leftReason(order: OrderView): Text {
  if (order.state === 'refused') return pendingReasons.refused ?? awaited;
  const isNamed = order.left.every(({ by }) => by === 'name' || by === 'key');
  const what = namedCategories(Object.fromEntries([...leftCategories(order)].map((category) => [category, 1])));
  if (isNamed) {
    return {
      fr: 'votre nom, ou un numéro qui peut être le vôtre, y figure encore dans des données dont rien n’indique à qui elles se rapportent ; nous vérifions si elles vous concernent et, si tel est le cas, les effacerons',
      en: 'your name, or a number that may be yours, still stands there in data of which nothing says whose they are; we are checking whether they concern you and, if so, will erase them',
    };
  }
  return {
    fr: `${what === null ? 'certaines de vos données' : what.fr} : une partie y subsiste, à un endroit que l’effacement n’a pas atteint ; nous le reprenons`,
    en: `${what === null ? 'some of your data' : what.en}: a part is left there, where the erasure did not reach; we are doing it again`,
  };
}

/** Categories in words, those with most rows first. */
export function whatWas(counts: Readonly<Record<string, number>>): Text {
  return namedCategories(counts) ?? yourData;
}

/** The same; null when none has a name. */
function namedCategories(counts: Readonly<Record<string, number>>): Text | null {
  const words = Object.entries(counts)
    .filter(([category, count]) => count > 0 && isCategory(category) && category !== 'none' && category !== 'technical')
    .sort(([, a], [, b]) => b - a)
    .flatMap(([category]) => (isCategory(category) ? [categoryText(category)] : []));
  return words.length === 0 ? null : joined(words, ', ');
}
