import { dayOf, dayText, fullDayText, type Language, type Text } from '../../kernel/index.ts';
import { type Confirmation, endOf } from '../confirmation/confirmation.ts';
import { applicationOrders, isSettled, type OrderView } from '../order/latest.ts';
import { hasEnded, mayGoOn } from '../order/states.ts';
import type { RequestView } from './view.ts';

export type Tone = 'accent' | 'good' | 'warning' | 'bad';

/** What a page says first: where the request stands, and what is expected of whoever reads it. */
export interface NextStep {
  readonly tone: Tone;
  readonly title: Text;
  readonly detail: Text;
  /** The answer is ready to be read over and sent. */
  readonly leadsToAnswer?: boolean;
}

/** Pure: what to do next, state by state; what stands in the way comes before what is usual. */
export function nextStep(view: RequestView): NextStep {
  const { request } = view;
  if (view.confirmation?.isAwaited === true) return unconfirmedStep(view.confirmation);
  switch (request.state) {
    case 'received':
      return {
        tone: 'accent',
        title: { fr: 'À qualifier', en: 'To be qualified' },
        detail: {
          fr: 'Vérifiez que la personne demande bien un effacement et que le responsable de traitement est le bon, puis qualifiez.',
          en: 'Check that the person does ask for an erasure and that the controller is the right one, then qualify.',
        },
      };
    case 'qualified':
      return identityStep(view);
    case 'identity_checked':
      return view.openReviews > 0 ? sharedIdentifier : planStep;
    case 'planned':
      return {
        tone: 'accent',
        title: { fr: 'Plan arrêté : lancez l’exécution', en: 'Plan frozen: start' },
        detail: {
          fr: 'Le plan ne changera plus de lui-même. Relisez les applications concernées, puis lancez les ordres de purge.',
          en: 'The plan will not change by itself any more. Read over the applications concerned, then start the purge orders.',
        },
      };
    case 'in_progress':
    case 'answered':
      return executionStep(view);
    case 'verified':
      return {
        tone: 'good',
        title: { fr: 'Absence constatée', en: 'Absence verified' },
        detail: { fr: 'La demande se clôt d’elle-même.', en: 'The request closes by itself.' },
      };
    case 'closed':
      return closedStep(view);
    case 'refused':
      if (view.confirmation !== null && view.confirmation.endedAt !== null) return endedUnconfirmedStep;
      return {
        tone: 'good',
        title: { fr: 'Refusée, lettre motivée envoyée', en: 'Refused, letter with reasons sent' },
        detail: {
          fr: 'La personne connaît le motif et ses recours (CNIL, tribunal). Gardez le dossier de preuve.',
          en: 'The person knows the ground and the remedies (CNIL, court). Keep the evidence file.',
        },
      };
    case 'withdrawn':
      return {
        tone: 'good',
        title: { fr: 'Retirée par la personne', en: 'Withdrawn by the person' },
        detail: { fr: 'Rien n’a été effacé. Plus rien à faire.', en: 'Nothing was erased. Nothing more to do.' },
      };
  }
}

/** Art. 12(3): the month runs from receipt. Art. 12(6), recital 64: a click is one reasonable means among others. */
function unconfirmedStep({ lastDay, remindedAt, hasBounced }: Confirmation): NextStep {
  const ends = fullDayText(endOf(lastDay).endsOn);
  const forgotten = dayText(endOf(lastDay).forgottenOn);
  const bounced = hasBounced
    ? {
        fr: 'Un message n’a pas pu être remis à cette adresse : la personne ne l’a peut-être jamais lu. ',
        en: 'A message could not be delivered to this address: the person may never have read it. ',
      }
    : { fr: '', en: '' };
  const reminded =
    remindedAt === null
      ? { fr: 'Un rappel lui sera envoyé. ', en: 'They will be reminded. ' }
      : { fr: `Rappelée le ${dayText(dayOf(remindedAt)).fr}. `, en: `Reminded on ${dayText(dayOf(remindedAt)).en}. ` };
  return {
    tone: hasBounced ? 'warning' : 'accent',
    title: { fr: 'Adresse à confirmer par la personne', en: 'Address to be confirmed by the person' },
    detail: {
      fr: `${bounced.fr}Le délai court depuis la réception (RGPD, art. 12 § 3) : ne pas confirmer n’est pas renoncer. Si vous savez autrement qui demande (compte client, rappel au numéro déjà connu, réponse par courriel), qualifiez la demande et établissez l’identité vous-même. ${reminded.fr}Sans confirmation, Socle la clôt le ${ends.fr}, faute d’avoir identifié quelqu’un (art. 11 § 2 et 12 § 2), par une lettre qui dit pourquoi et les recours ; ce qui a été écrit dans le formulaire est effacé le ${forgotten.fr}.`,
      en: `${bounced.en}The time limit runs from receipt (GDPR art. 12(3)): not confirming is not giving up. If you know otherwise who asks (customer account, a call back to a number known before, an answer by e-mail), qualify the request and establish the identity yourself. ${reminded.en}Without confirmation, Socle closes it on ${ends.en}, nobody being identified (art. 11(2) and 12(2)), by a letter that says why and the remedies; what was written in the form is erased on ${forgotten.en}.`,
    },
  };
}

const endedUnconfirmedStep: NextStep = {
  tone: 'good',
  title: { fr: 'Close : adresse non confirmée', en: 'Closed: address not confirmed' },
  detail: {
    fr: 'Personne n’a pu être identifié. La personne en a été prévenue, avec ses recours (CNIL, tribunal), et peut demander de nouveau. Rien n’a été effacé dans les applications.',
    en: 'Nobody could be identified. The person was told, with the remedies (CNIL, court), and may ask again. Nothing was erased in the applications.',
  },
};

function identityStep(view: RequestView): NextStep {
  if (view.clock.state === 'suspended') {
    return {
      tone: 'warning',
      title: { fr: 'Informations d’identité attendues', en: 'Identity information awaited' },
      detail: {
        fr: 'Le délai est suspendu jusqu’à leur arrivée. Constatez l’identité dès qu’elles arrivent, ou refusez si elles ne viennent pas.',
        en: 'The clock stands still until it arrives. Establish the identity as soon as it does, or refuse if it never comes.',
      },
    };
  }
  return {
    tone: 'accent',
    title: { fr: 'Identité à établir', en: 'Identity to be established' },
    detail: {
      fr: 'Dites comment vous savez que la personne est bien celle qu’elle dit être. Une pièce ne se demande qu’en cas de doute raisonnable.',
      en: 'Say how you know that the person is who they say. A document is only asked for on reasonable doubt.',
    },
  };
}

const sharedIdentifier: NextStep = {
  tone: 'warning',
  title: { fr: 'Identifiant partagé : à trancher', en: 'Shared identifier: to be settled' },
  detail: {
    fr: 'Quelqu’un d’autre porte le même identifiant, avec un nom ou une date de naissance différents. Tranchez sur la page de la personne avant d’arrêter le plan.',
    en: 'Someone else holds the same identifier, with another name or birth date. Settle it on the person’s page before freezing the plan.',
  },
};

const planStep: NextStep = {
  tone: 'accent',
  title: { fr: 'Plan à arrêter', en: 'Plan to be frozen' },
  detail: {
    fr: 'Socle interroge chaque application raccordée et fige ce qui sera fait, table par table.',
    en: 'Socle asks each connected application and freezes what will be done, table by table.',
  },
};

function executionStep(view: RequestView): NextStep {
  const orders = applicationOrders(view.orders);
  const contradicted = orders.filter((order) => order.state === 'contradicted');
  const failed = orders.filter((order) => order.state === 'failed' || order.state === 'partly' || mayGoOn(order));
  const renewed = failed.filter((order) => view.renewed.has(order.id));
  const held = orders.filter((order) => order.state === 'held');
  const awaited = orders.filter(
    (order) => !hasEnded(order.state) && order.state !== 'failed' && order.state !== 'held',
  );
  if (contradicted.length > 0) return contradictedStep(contradicted.map((order) => order.application));
  if (renewed.length > 0) return renewedStep(renewed.map((order) => order.application));
  if (failed.length > 0 && failed.every(isUnlinked)) return unlinkedStep(failed, view.request.answered_at !== null);
  if (failed.length > 0) return failedStep(failed.map((order) => order.application));
  if (held.length > 0 && awaited.length === 0 && view.request.answer_final_at === null) {
    return heldStep(
      held.map((order) => order.application),
      view.request.answered_at !== null,
    );
  }
  if (view.request.answered_at === null) return answerStep(awaited.map((order) => order.application));
  if (view.request.answer_final_at === null && orders.every(isSettled)) return completeStep;
  if (awaited.length > 0) {
    return {
      tone: 'accent',
      title: { fr: 'Réponse partielle envoyée', en: 'Partial answer sent' },
      detail: {
        fr: `En attente de : ${names(
          awaited.map((order) => order.application),
          'fr',
        )}. Complétez la réponse quand tout sera rendu.`,
        en: `Awaiting: ${names(
          awaited.map((order) => order.application),
          'en',
        )}. Complete the answer when all is reported.`,
      },
    };
  }
  if (view.request.letter_posted_at === null) return postStep;
  if (view.isAwaitedElsewhere) return elsewhereStep;
  return {
    tone: 'good',
    title: { fr: 'Réponse envoyée', en: 'Answer sent' },
    detail: {
      fr: 'Socle efface maintenant ce qu’il tient lui-même de la personne, le vérifie, puis clôt la demande.',
      en: 'Socle now erases what it holds of the person itself, verifies it, then closes the request.',
    },
  };
}

function heldStep(applications: readonly string[], isAnswered: boolean): NextStep {
  const title: Text = { fr: `Gelé : ${names(applications, 'fr')}`, en: `On hold: ${names(applications, 'en')}` };
  if (isAnswered) {
    return {
      tone: 'warning',
      title,
      detail: {
        fr: 'La réponse partielle dit ce qui attend et pourquoi. Les ordres repartiront d’eux-mêmes à la levée du gel ou à son terme.',
        en: 'The partial answer says what waits and why. The orders go on by themselves when the hold is released or ends.',
      },
    };
  }
  return {
    tone: 'warning',
    title,
    detail: {
      fr: 'Un gel n’arrête pas la réponse : envoyez la réponse partielle, elle dit ce qui est fait, ce qui attend et pourquoi.',
      en: 'A hold stops no answer: send the partial answer, it says what is done, what waits and why.',
    },
    leadsToAnswer: true,
  };
}

function answerStep(awaited: readonly string[]): NextStep {
  if (awaited.length === 0) {
    return {
      tone: 'accent',
      title: { fr: 'Réponse à envoyer', en: 'Answer to be sent' },
      detail: {
        fr: 'Toutes les applications ont rendu compte. Relisez la réponse ci-dessous, puis envoyez-la.',
        en: 'Every application has reported. Read the answer below, then send it.',
      },
      leadsToAnswer: true,
    };
  }
  return {
    tone: 'accent',
    title: { fr: 'Exécution en cours', en: 'Being carried out' },
    detail: {
      fr: `En attente de : ${names(awaited, 'fr')}. Une réponse partielle peut partir à tout moment : elle dit ce qui est fait et ce qui reste.`,
      en: `Awaiting: ${names(awaited, 'en')}. A partial answer may leave at any time: it says what is done and what is pending.`,
    },
  };
}

const completeStep: NextStep = {
  tone: 'accent',
  title: { fr: 'Réponse à compléter', en: 'Answer to be completed' },
  detail: {
    fr: 'Les dernières applications ont rendu compte depuis la réponse partielle. Envoyez la réponse complète.',
    en: 'The last applications have reported since the partial answer. Send the full answer.',
  },
  leadsToAnswer: true,
};

const elsewhereStep: NextStep = {
  tone: 'accent',
  title: { fr: 'Réponse envoyée ; une autre demande attend', en: 'Answer sent; another request waits' },
  detail: {
    fr: 'Cette personne a une autre demande sans réponse. Socle garde de quoi lui répondre, et l’oublie dès que c’est fait.',
    en: 'This person has another request without an answer. Socle keeps what it takes to answer, and forgets them as soon as that is done.',
  },
};

const postStep: NextStep = {
  tone: 'warning',
  title: { fr: 'Lettre à poster', en: 'Letter to be posted' },
  detail: {
    fr: 'La personne n’a pas d’adresse e-mail. Téléchargez la lettre, postez-la ou remettez-la, puis dites-le : Socle ne l’oublie qu’ensuite.',
    en: 'The person has no e-mail address. Download the letter, post it or hand it over, then say so: Socle forgets them only then.',
  },
};

function contradictedStep(applications: readonly string[]): NextStep {
  return {
    tone: 'bad',
    title: { fr: `Démenti : ${names(applications, 'fr')}`, en: `Contradicted: ${names(applications, 'en')}` },
    detail: {
      fr: 'L’application disait avoir effacé, et Socle y voit encore la personne, deux fois de suite. Voyez avec son responsable ce qui la fait revenir (import, réplication, sauvegarde), puis renvoyez l’ordre.',
      en: 'The application said that it had erased, and Socle still sees the person there, twice in a row. Find out with its owner what brings them back (import, replication, backup), then send the order anew.',
    },
  };
}

function failedStep(applications: readonly string[]): NextStep {
  return {
    tone: 'bad',
    title: { fr: `À débloquer : ${names(applications, 'fr')}`, en: `Stuck: ${names(applications, 'en')}` },
    detail: {
      fr: 'La raison est indiquée en regard de chaque application. Corrigez-la, puis relancez l’ordre. Le délai légal court : une réponse partielle peut partir.',
      en: 'The reason stands beside each application. Mend it, then retry the order. The legal period is running: a partial answer may leave.',
    },
  };
}

/** It stopped where nothing says whose rows some are. */
function isUnlinked({ left }: OrderView): boolean {
  return left.some(({ by }) => by !== 'row');
}

function unlinkedStep(orders: readonly OrderView[], isAnswered: boolean): NextStep {
  const applications = orders.map((order) => order.application);
  const running = {
    fr: isAnswered ? '' : ' Le délai légal court : une réponse partielle peut partir.',
    en: isAnswered ? '' : ' The legal period is running: a partial answer may leave.',
  };
  return {
    tone: 'bad',
    title: { fr: `À débloquer : ${names(applications, 'fr')}`, en: `Stuck: ${names(applications, 'en')}` },
    detail: {
      fr: `Des données y concernent peut-être la personne, et rien ne dit à qui elles se rapportent. Dites ce que sont les tables nommées ci-dessous, une fois pour toutes, puis relancez : Socle finit l’effacement. Si rien ne peut le dire, vérifiez leurs lignes à la main.${running.fr}`,
      en: `Some data there may concern the person, and nothing says whose they are. Say what the tables named below are, once and for all, then retry: Socle finishes the erasure. If nothing can say it, check their rows by hand.${running.en}`,
    },
  };
}

/** Somebody said more of the tables since: what stopped there can be finished. */
function renewedStep(applications: readonly string[]): NextStep {
  return {
    tone: 'accent',
    title: { fr: `À relancer : ${names(applications, 'fr')}`, en: `To be retried: ${names(applications, 'en')}` },
    detail: {
      fr: 'Les déclarations de l’application ont changé depuis. Relancez : l’ordre repart sous le nouveau plan, avec ce que le précédent avait trouvé, et la preuve est refaite.',
      en: 'What is declared of the application changed since. Retry: the order goes on under the new plan, with what the one before had found, and the proof is made again.',
    },
  };
}

function closedStep(view: RequestView): NextStep {
  const stopped = applicationOrders(view.orders).filter(mayGoOn);
  const renewed = stopped.filter((order) => view.renewed.has(order.id));
  if (renewed.length > 0) return renewedStep(renewed.map((order) => order.application));
  if (stopped.length > 0) return unlinkedStep(stopped, true);
  const contradicted = applicationOrders(view.orders).filter((order) => order.state === 'contradicted');
  if (contradicted.length > 0) return contradictedStep(contradicted.map((order) => order.application));
  return {
    tone: 'good',
    title: { fr: 'Close', en: 'Closed' },
    detail: {
      fr: 'La personne est oubliée, ici aussi. Le dossier de preuve reste disponible ; il ne dit pas qui elle était.',
      en: 'The person is forgotten, here too. The evidence file stays available; it does not say who they were.',
    },
  };
}

/** More are told by their number: the picture below names them all. */
const mostNames = 4;

function names(applications: readonly string[], language: Language): string {
  if (applications.length <= mostNames) return applications.join(', ');
  const others = applications.length - mostNames + 1;
  const shown = applications.slice(0, mostNames - 1).join(', ');
  return { fr: `${shown} et ${others} autres`, en: `${shown} and ${others} others` }[language];
}
