import { dayText, isDay, type Json, joined, type Text } from '../../kernel/index.ts';
import type { OrderView } from '../order/latest.ts';
import { isSeenBySocle, orderStateExplanation, orderStateLabel } from '../order/states.ts';
import { whatWas } from './answer-facts.ts';
import { identityProofs } from './qualify.ts';
import type { StepKind } from './steps.ts';

type Data = { readonly [name: string]: Json };

const plain = (fr: string, en: string) => (): Text => ({ fr, en });
const told = (data: Data, name: string): string => {
  const value = data[name];
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : '';
};
const about =
  (fr: (application: string) => string, en: (application: string) => string) =>
  (data: Data): Text => ({ fr: fr(told(data, 'application')), en: en(told(data, 'application')) });

/** Why identity information was asked for, by `IdentityDoubt`. */
export const identityDoubts: Readonly<Record<string, Text>> = {
  no_known_channel: { fr: 'aucun canal connu', en: 'no known channel' },
  conflicting_details: { fr: 'renseignements qui se contredisent', en: 'details that contradict each other' },
  shared_identifier: { fr: 'identifiant partagé', en: 'shared identifier' },
};

/** Users of the organisation by id; one who left has no name any more. */
export type Names = ReadonlyMap<string, string>;

const steps: Readonly<Record<StepKind, (data: Data, names: Names) => Text>> = {
  opened: (data) =>
    data.reappears === true
      ? {
          fr: 'Demande enregistrée ; cette personne avait déjà été effacée (réapparition)',
          en: 'Request recorded; this person had been erased before (reappearance)',
        }
      : { fr: 'Demande enregistrée', en: 'Request recorded' },
  qualified: (data) => ({
    fr: `Qualifiée : effacement, ${told(data, 'controller')}`,
    en: `Qualified: erasure, ${told(data, 'controller')}`,
  }),
  identity_requested: (data) => {
    const doubt = identityDoubts[told(data, 'reason')] ?? { fr: 'doute raisonnable', en: 'reasonable doubt' };
    return {
      fr: `Informations d’identité demandées (${doubt.fr}) : le délai est suspendu`,
      en: `Identity information requested (${doubt.en}): the clock stands still`,
    };
  },
  identity_received: plain(
    'Informations d’identité reçues : le délai reprend',
    'Identity information received: the clock runs again',
  ),
  identity_established: (data) => {
    const by = told(data, 'by');
    const proof =
      by === 'operator' || by === 'contact_channel' || by === 'signed_in' || by === 'document'
        ? identityProofs[by]
        : null;
    return {
      fr: `Identité établie${proof === null ? '' : ` : ${proof.fr.toLowerCase()}`}`,
      en: `Identity established${proof === null ? '' : `: ${proof.en.toLowerCase()}`}`,
    };
  },
  planned: (data) => {
    const names = told(data, 'applications');
    return names === ''
      ? {
          fr: 'Plan arrêté : aucune application raccordée, Socle seul',
          en: 'Plan frozen: no application connected, Socle alone',
        }
      : { fr: `Plan arrêté : ${names}, puis Socle`, en: `Plan frozen: ${names}, then Socle` };
  },
  plan_changed: about(
    (name) => `Plan refait pour ${name}`,
    (name) => `Plan made again for ${name}`,
  ),
  started: plain('Ordres de purge lancés', 'Purge orders started'),
  answered: (data) => answered(data, 'Réponse envoyée', 'Answer sent'),
  answered_again: (data) => answered(data, 'Réponse complétée', 'Answer completed'),
  confirmation_reminded: plain(
    'Rappel envoyé : l’adresse n’est pas encore confirmée',
    'Reminder sent: the address is not confirmed yet',
  ),
  refused: (data) =>
    data.why === 'unconfirmed'
      ? {
          fr: 'Close sans suite : l’adresse n’a pas été confirmée, la personne en est prévenue',
          en: 'Closed without action: the address was not confirmed, the person was told',
        }
      : { fr: 'Demande refusée, lettre motivée', en: 'Request refused, by a letter with reasons' },
  withdrawn: plain('Retirée par la personne', 'Withdrawn by the person'),
  extended: (data) => {
    const day = told(data, 'until');
    const until = isDay(day) ? dayText(day) : { fr: day, en: day };
    return {
      fr: `Délai prolongé jusqu’au ${until.fr}, la personne prévenue`,
      en: `Period extended to ${until.en}, the person told`,
    };
  },
  assigned: (data, names) => {
    const user = told(data, 'user');
    if (user === '') return { fr: 'Confiée à personne', en: 'Assigned to nobody' };
    const name = names.get(user) ?? null;
    return {
      fr: name === null ? 'Confiée à un collègue' : `Confiée à ${name}`,
      en: name === null ? 'Assigned to a colleague' : `Assigned to ${name}`,
    };
  },
  noted: plain('Note', 'Note'),
  letter_edited: plain('Projet de réponse modifié', 'Draft answer edited'),
  letter_posted: plain('Lettre remise ou postée', 'Letter handed over or posted'),
  review_decided: plain('Rapprochement de personnes tranché', 'Review of persons settled'),
  evidence_made: plain('Dossier de preuve constitué', 'Evidence file made'),
  verified: plain('Absence constatée partout où Socle peut regarder', 'Absence verified wherever Socle can look'),
  closed: plain('Demande close', 'Request closed'),
  file_forgotten: plain(
    'Durée de conservation échue : le dossier ne dit plus qui était la personne',
    'Retention is over: the file no longer says who the person was',
  ),
  order_sent: about(
    (name) => `${name} : ordre envoyé`,
    (name) => `${name}: order sent`,
  ),
  order_executed: about(
    (name) => `${name} : exécuté`,
    (name) => `${name}: executed`,
  ),
  order_partly: about(
    (name) => `${name} : exécuté en partie`,
    (name) => `${name}: partly executed`,
  ),
  order_refused: about(
    (name) => `${name} : refusé`,
    (name) => `${name}: refused`,
  ),
  order_not_found: about(
    (name) => `${name} : personne introuvable`,
    (name) => `${name}: person not found`,
  ),
  order_failed: about(
    (name) => `${name} : échec`,
    (name) => `${name}: failed`,
  ),
  order_retried: about(
    (name) => `${name} : relancé`,
    (name) => `${name}: retried`,
  ),
  order_checked: about(
    (name) => `${name} : une table vérifiée à la main`,
    (name) => `${name}: a table checked by hand`,
  ),
  order_verified: about(
    (name) => `${name} : vérifié, rien ne reste de ce qui devait partir`,
    (name) => `${name}: verified, nothing left of what was to go`,
  ),
  order_contradicted: about(
    (name) => `${name} : démenti, la personne y est encore visible`,
    (name) => `${name}: contradicted, the person can still be seen there`,
  ),
  order_reissued: about(
    (name) => `${name} : nouvel ordre`,
    (name) => `${name}: order sent anew`,
  ),
  order_held: about(
    (name) => `${name} : gelé, l’ordre attend`,
    (name) => `${name}: on hold, the order waits`,
  ),
  order_released: about(
    (name) => `${name} : gel terminé, l’ordre repart`,
    (name) => `${name}: the hold is over, the order goes on`,
  ),
};

function answered(data: Data, fr: string, en: string): Text {
  const kinds: Readonly<Record<string, Text>> = {
    complete: { fr: 'effacement complet', en: 'complete erasure' },
    partial: { fr: 'partielle', en: 'partial' },
    not_found: { fr: 'aucune donnée trouvée', en: 'no data found' },
  };
  const kind = kinds[told(data, 'kind')];
  const way =
    told(data, 'delivery') === 'post' ? { fr: ', à remettre par courrier', en: ', to be posted' } : { fr: '', en: '' };
  return {
    fr: `${fr}${kind === undefined ? '' : ` : ${kind.fr}`}${way.fr}`,
    en: `${en}${kind === undefined ? '' : `: ${kind.en}`}${way.en}`,
  };
}

export function stepText(kind: StepKind, data: Json, names: Names = new Map()): Text {
  const known = typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Data) : {};
  return steps[kind](known, names);
}

/** Why an order was refused, partly carried out or failed, by the protocol's code. */
export const orderReasons: Readonly<Record<string, Text>> = {
  legal_duty: { fr: 'obligation légale', en: 'legal duty' },
  claim: { fr: 'litige', en: 'claim' },
  hold: { fr: 'gel', en: 'hold' },
  identity_ambiguous: { fr: 'identité ambiguë', en: 'ambiguous identity' },
  not_our_data: { fr: 'données d’un autre', en: 'someone else’s data' },
  technical: { fr: 'difficulté technique', en: 'technical difficulty' },
  application_removed: { fr: 'application retirée du service', en: 'application retired' },
};

/** What happened to an order, in one line: state, what was erased, why not. */
export function orderText(order: OrderView): Text {
  const parts: Text[] = [orderStateLabel(order.state, isSeenBySocle(order.channel))];
  const done = order.state === 'executed' || order.state === 'verified' || order.state === 'partly';
  if (done && Object.values(order.counts).some((count) => count > 0)) parts.push(whatWas(order.counts));
  const reason = order.reason === null ? undefined : orderReasons[order.reason];
  if (reason !== undefined) parts.push(reason);
  return joined(parts, ' · ');
}

/** Why it stands so: its problem when it has one, else what its state means. */
export function orderWhy(order: OrderView): Text {
  if (order.channel === 'socle' && order.state === 'not_found') return onlyByTheRequest;
  if (order.problem === null && order.state === 'verified' && order.kept.length > 0) return verifiedButKept;
  if (order.problem === null && order.state === 'verified' && order.checks.length > 0) return verifiedButChecked;
  return order.problem ?? orderStateExplanation(order.state, isSeenBySocle(order.channel));
}

const verifiedButKept: Text = {
  fr: 'Socle a regardé de nouveau : plus rien, hors ce qui est gardé.',
  en: 'Socle looked again: nothing left, but for what is kept.',
};

const verifiedButChecked: Text = {
  fr: 'Socle a regardé de nouveau : plus rien, hors ce qui a été vérifié à la main.',
  en: 'Socle looked again: nothing left, but for what was checked by hand.',
};

const actors: Readonly<Record<string, Text>> = {
  user: { fr: 'Un utilisateur parti', en: 'A former user' },
  api_key: { fr: 'Une clé d’API', en: 'An API key' },
  application: { fr: 'L’application', en: 'The application' },
  person: { fr: 'La personne', en: 'The person' },
  system: { fr: 'Socle', en: 'Socle' },
};

/** Who did a step, by name when the organisation still knows it. */
export function actorName(actor: string, names: Names): Text {
  const [kind = '', id = ''] = actor.split(':');
  const name = names.get(id);
  return name === undefined ? (actors[kind] ?? { fr: actor, en: actor }) : { fr: name, en: name };
}

const onlyByTheRequest: Text = {
  fr: 'Socle ne connaissait cette personne que par cette demande ; ce qu’elle contenait d’elle est détruit.',
  en: 'Socle knew this person by this request alone; what it held of them is destroyed.',
};
