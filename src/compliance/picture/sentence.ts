import { joined, type Text } from '../../kernel/index.ts';
import type { OrderState } from '../order/states.ts';
import type { Standing } from './history.ts';

/**
 * Where the applications stand, for somebody who has never seen a request: how many erased, then what stands out, the
 * gravest first. Socle itself isn't counted: it erases what it holds once the others have.
 */
export function sentenceOf(standings: readonly Standing[]): Text {
  const asked = standings.filter(({ order }) => order.channel !== 'socle');
  if (asked.length === 0) return standings.length === 0 ? nobodyYet : socleAlone;
  const inState = (...states: readonly OrderState[]) => asked.filter(({ state }) => states.includes(state));
  const done = inState('executed', 'verified');
  const verified = inState('verified').length;
  const parts = [
    contradictedPart(inState('contradicted')),
    sentAnewPart(asked.filter((one) => one.wasContradicted && isAwaited(one.state))),
    named(inState('failed'), 'est en échec', 'sont en échec', 'failed', 'failed'),
    named(
      inState('refused'),
      'refuse et dit pourquoi',
      'refusent et disent pourquoi',
      'refuses and says why',
      'refuse and say why',
    ),
    named(
      inState('partly'),
      'n’a effacé qu’une partie',
      'n’ont effacé qu’une partie',
      'erased only a part',
      'erased only a part',
    ),
    named(
      inState('held'),
      'attend la fin d’un gel',
      'attendent la fin d’un gel',
      'waits for a hold to end',
      'wait for a hold to end',
    ),
    named(
      inState('not_found'),
      'ne connaissait pas la personne',
      'ne connaissaient pas la personne',
      'did not know the person',
      'did not know the person',
    ),
    waitingPart(asked.filter((one) => isAwaited(one.state) && !one.wasContradicted)),
  ].filter((part) => part !== null);
  // Where some erased a part and none all, "nothing yet" would be false.
  const isBegun = done.length === 0 && inState('partly').length > 0;
  return joined([...(isBegun ? [] : [donePart(done.length, asked.length, verified)]), ...parts], ' ');
}

function isAwaited(state: OrderState): boolean {
  return state === 'planned' || state === 'sent' || state === 'received';
}

const nobodyYet: Text = {
  fr: 'Aucune application n’a encore reçu d’ordre.',
  en: 'No application was sent an order yet.',
};

const socleAlone: Text = {
  fr: 'Aucune application n’est concernée : seul Socle efface ce qu’il tient de la personne.',
  en: 'No application is concerned: Socle alone erases what it holds of the person.',
};

function donePart(done: number, asked: number, verified: number): Text {
  const checked: Text =
    done === 0
      ? { fr: '', en: '' }
      : verified === done
        ? { fr: ', et Socle l’a vérifié', en: ', and Socle checked it' }
        : verified === 0
          ? { fr: ', disent-elles', en: ', so they say' }
          : {
              fr: `, dont ${verified} que Socle a ${verified === 1 ? 'vérifiée' : 'vérifiées'}`,
              en: `, ${verified} of them checked by Socle`,
            };
  return {
    fr: `${doneFr(done, asked)}${sole(done, checked.fr)}.`,
    en: `${doneEn(done, asked)}${soleEn(done, checked.en)}.`,
  };
}

const sole = (done: number, text: string): string => (done === 1 ? text.replace('disent-elles', 'dit-elle') : text);
const soleEn = (done: number, text: string): string => (done === 1 ? text.replace('so they say', 'so it says') : text);

function doneFr(done: number, asked: number): string {
  if (done === 0)
    return asked === 1 ? 'L’application n’a encore rien effacé' : `Aucune des ${asked} applications n’a encore effacé`;
  if (done === asked) return asked === 1 ? 'L’application a effacé' : `Les ${asked} applications ont effacé`;
  return done === 1 ? `1 application sur ${asked} a effacé` : `${done} applications sur ${asked} ont effacé`;
}

function doneEn(done: number, asked: number): string {
  if (done === 0)
    return asked === 1 ? 'The application has erased nothing yet' : `None of the ${asked} applications has erased yet`;
  if (done === asked) return asked === 1 ? 'The application has erased' : `All ${asked} applications have erased`;
  return done === 1 ? `1 of ${asked} applications has erased` : `${done} of ${asked} applications have erased`;
}

function contradictedPart(those: readonly Standing[]): Text | null {
  return named(
    those,
    'disait avoir effacé, mais la personne y est encore visible',
    'disaient avoir effacé, mais la personne y est encore visible',
    'said it had erased, yet the person can still be seen there',
    'said they had erased, yet the person can still be seen there',
  );
}

function sentAnewPart(those: readonly Standing[]): Text | null {
  return named(
    those,
    'disait à tort avoir effacé : l’ordre est reparti',
    'disaient à tort avoir effacé : l’ordre est reparti',
    'wrongly said it had erased: the order was sent again',
    'wrongly said they had erased: the order was sent again',
  );
}

function waitingPart(those: readonly Standing[]): Text | null {
  if (those.length === 0) return null;
  return named(
    those,
    'n’a pas encore répondu',
    'n’ont pas encore répondu',
    'has not answered yet',
    'have not answered yet',
  );
}

/** One or two are named; more are counted. */
function named(those: readonly Standing[], one: string, many: string, oneEn: string, manyEn: string): Text | null {
  const names = those.map(({ order }) => order.application);
  if (names.length === 0) return null;
  if (names.length > 2) return { fr: `${names.length} ${many}.`, en: `${names.length} ${manyEn}.` };
  const isOne = names.length === 1;
  return {
    fr: `${names.map((name) => `« ${name} »`).join(' et ')} ${isOne ? one : many}.`,
    en: `${names.map((name) => `“${name}”`).join(' and ')} ${isOne ? oneEn : manyEn}.`,
  };
}
