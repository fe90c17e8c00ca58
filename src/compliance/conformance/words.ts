import type { Text } from '../../kernel/index.ts';
import type { TestOutcome } from './seen.ts';

/** What an application's team is told: what was seen, then what to mend. */
export const words = {
  acknowledged: (ms: number): Text => ({
    fr: `L’ordre est acquitté en ${ms} ms.`,
    en: `The order was acknowledged in ${ms} ms.`,
  }),
  slowAcknowledgement: (ms: number): Text => ({
    fr: `L’acquittement a pris ${ms} ms ; Socle cesse d’attendre à 10 s. Acquittez d’abord (202), travaillez ensuite.`,
    en: `The acknowledgement took ${ms} ms; Socle stops waiting at 10 s. Acknowledge first (202), work after.`,
  }),
  notAcknowledged: (status: number): Text => ({
    fr: `L’application a répondu ${status} à un ordre bien signé ; un code 2xx était attendu. ${why(status).fr}`,
    en: `The application answered ${status} to a well-signed order; a 2xx status was expected. ${why(status).en}`,
  }),
  fetched: {
    fr: 'L’application est venue chercher l’ordre.',
    en: 'The application came for the order.',
  },
  notFetched: {
    fr: 'L’application n’est pas venue chercher l’ordre à temps. Elle doit appeler GET /api/v1/orders?wait=25 avec sa clé, sans cesse.',
    en: 'The application did not come for the order in time. It is to call GET /api/v1/orders?wait=25 with its key, again and again.',
  },
  noReceipt: {
    fr: 'Conseil : acquittez chaque ordre pris (POST …/receipt) ; sans cela il est redonné au bout de soixante secondes.',
    en: 'Advice: acknowledge each order taken (POST …/receipt); without it the order is given again after sixty seconds.',
  },
  unreached: (problem: Text): Text => ({
    fr: `L’application n’a pas répondu. ${problem.fr}`,
    en: `The application did not answer. ${problem.en}`,
  }),
  noOutcome: {
    fr: 'Aucun compte rendu valable n’est arrivé. Vérifiez dans les journaux de l’application ce que Socle lui répond sur POST /api/v1/orders/{order}/outcome : 401 (sa clé), 400 ou 422 (la forme du compte rendu, le champ nommé), ou aucun appel.',
    en: 'No valid outcome came. See in the application’s logs what Socle answers to POST /api/v1/orders/{order}/outcome: 401 (its key), 400 or 422 (the outcome’s form, with the field), or no call at all.',
  },
  wrongDigest: {
    fr: 'Le compte rendu ne nomme pas l’ordre reçu : « order » doit être celui de l’ordre, « digest » le SHA-256 de son corps en JSON canonique (RFC 8785), écrit « sha256: » puis 64 chiffres hexadécimaux en minuscules.',
    en: 'The outcome does not name the order received: “order” must be the order’s, “digest” the SHA-256 of its body as canonical JSON (RFC 8785), written “sha256:” then 64 lower-case hexadecimal digits.',
  },
  missingPersons: (count: number): Text => ({
    fr: `Le compte rendu ne dit rien de ${count} personne(s) : listez-les toutes, ou donnez « default » pour celles qui ne sont pas listées.`,
    en: `The outcome says nothing of ${count} person(s): list them all, or give “default” for those that are not listed.`,
  }),
  strangers: {
    fr: 'Le compte rendu nomme une référence qui n’est pas dans l’ordre : recopiez « ref » telle quelle.',
    en: 'The outcome names a reference that is not in the order: copy “ref” as it is.',
  },
  done: {
    fr: 'La personne connue est effacée, avec le compte de ses enregistrements.',
    en: 'The known person is erased, with the count of their records.',
  },
  noCounts: {
    fr: 'Le compte rendu ne compte pas ce qui a été fait : donnez « counts », par catégorie ou par table.',
    en: 'The outcome does not count what was done: give “counts”, by category or by table.',
  },
  notPlanted: {
    fr: 'L’application ne connaît pas la personne fictive « present-… » : rien ne montre qu’elle sait effacer. Créez cette personne avant de l’effacer quand l’ordre porte « test » (avec le SDK : la fonction « plant »), puis relancez.',
    en: 'The application does not know the made-up person “present-…”: nothing shows that it can erase. Create that person before erasing when the order has “test” (with the SDK: the “plant” function), then run again.',
  },
  wrongKnown: (outcome: TestOutcome): Text => ({
    fr: `Pour une personne connue, « executed » était attendu, et non « ${outcome} ».`,
    en: `For a known person “executed” was expected, not “${outcome}”.`,
  }),
  noReason: {
    fr: 'Un refus ou une exécution en partie donne son motif (« reason » : legal_duty, claim, hold, identity_ambiguous, not_our_data, technical, other).',
    en: 'A refusal or a partial execution gives its reason (“reason”: legal_duty, claim, hold, identity_ambiguous, not_our_data, technical, other).',
  },
  giveBy: {
    fr: 'Conseil : donnez « by » (le programme et sa version), le dossier de preuve le montrera.',
    en: 'Advice: give “by” (the program and its version), the evidence file will show it.',
  },
  sign: {
    fr: 'Conseil : signez vos comptes rendus (Ed25519), ils feront preuve auprès de tiers.',
    en: 'Advice: sign your outcomes (Ed25519), they will be proof for third parties.',
  },
  repeated: {
    fr: 'La répétition est acquittée, et n’a rien changé.',
    en: 'The repeat was acknowledged, and changed nothing.',
  },
  repeatedDifferently: {
    fr: 'À l’ordre répété, l’application a rendu un autre compte rendu. Retenez la clé de chaque ordre (« data.key ») avec son compte rendu, et renvoyez le même, « at » compris.',
    en: 'To the repeated order the application gave another outcome. Keep each order’s key (“data.key”) with its outcome, and send the same again, “at” included.',
  },
  believed: (what: Text): Text => ({
    fr: `L’application a accepté ${what.fr}. N’importe qui pourrait faire effacer des personnes : vérifiez la signature sur les octets reçus, avant de les lire, et répondez 401.`,
    en: `The application took ${what.en}. Anybody could have persons erased: verify the signature over the bytes received, before reading them, and answer 401.`,
  }),
  tookExpired: {
    fr: 'L’application a accepté un ordre signé il y a dix minutes. Refusez (401) au-delà de cinq minutes : sans cela, un ordre intercepté peut être rejoué.',
    en: 'The application took an order signed ten minutes ago. Refuse (401) beyond five minutes: else an intercepted order can be replayed.',
  },
  brokeOn: (status: number, what: Text): Text => ({
    fr: `L’application a répondu ${status} à ${what.fr} : elle s’est défendue par accident. Répondez 401, sans rien exécuter.`,
    en: `The application answered ${status} to ${what.en}: it was saved by accident. Answer 401, and carry out nothing.`,
  }),
  carriedOut: (what: Text): Text => ({
    fr: `L’application a exécuté ${what.fr} et en a rendu compte.`,
    en: `The application carried out ${what.en} and reported on it.`,
  }),
  refused: (what: Text): Text => ({ fr: `${capital(what.fr)} est refusé.`, en: `${capital(what.en)} was refused.` }),
  unknownSaid: {
    fr: 'Une personne inconnue est dite « not_found », et rien d’autre.',
    en: 'An unknown person is said “not_found”, and nothing else.',
  },
  unknownWrong: (outcome: TestOutcome): Text => ({
    fr: `Pour une personne que l’application ne peut pas connaître, « not_found » était attendu, et non « ${outcome} ». Comptez les enregistrements touchés : zéro n’est pas « executed ».`,
    en: `For a person whom the application cannot know, “not_found” was expected, not “${outcome}”. Count the records touched: zero is not “executed”.`,
  }),
  batchSaid: {
    fr: 'Chaque personne du lot a son propre compte rendu.',
    en: 'Each person of the batch has an outcome of their own.',
  },
  answeredIn: (count: number): Text => ({
    fr: `Un lot de ${count} personnes est traité en entier.`,
    en: `A batch of ${count} persons was carried out whole.`,
  }),
  sentAgain: {
    fr: 'Le compte rendu que Socle n’a pas pu prendre est renvoyé, le même.',
    en: 'The outcome that Socle could not take was sent again, the same.',
  },
  notSentAgain: {
    fr: 'Socle a répondu 503 au compte rendu, et l’application ne l’a pas renvoyé en une minute. Renvoyez-le, de plus en plus tard, jusqu’à un code 2xx.',
    en: 'Socle answered 503 to the outcome, and the application did not send it again within a minute. Send it again, later each time, until a 2xx.',
  },
  newGeneration: {
    fr: 'Un ordre renvoyé à dessein (clé suivante) est exécuté de nouveau.',
    en: 'An order sent anew on purpose (next key) was carried out again.',
  },
  droppedGeneration: {
    fr: 'L’ordre suivant pour les mêmes personnes (clé finissant par /2) n’a pas reçu de compte rendu à lui. Reconnaissez une répétition à la clé entière, jamais aux personnes : une restauration ou un démenti renvoie l’ordre à dessein.',
    en: 'The next order for the same persons (key ending in /2) got no outcome of its own. Know a repeat by the whole key, never by the persons: a restoration or a contradiction sends the order anew on purpose.',
  },
  restartedSame: {
    fr: 'Après le redémarrage, l’ordre déjà exécuté reçoit le compte rendu qu’il aurait eu.',
    en: 'After the restart, the order already carried out got the outcome that it would have had.',
  },
  restartedOther: {
    fr: 'Après le redémarrage, l’application a rendu un autre compte rendu du même ordre : elle l’a exécuté deux fois, ou a oublié ce qu’elle avait fait. Gardez les clés et les comptes rendus là où un redémarrage ne les efface pas (avec le SDK : fileStore, ou votre base).',
    en: 'After the restart the application gave another outcome of the same order: it did it twice, or forgot what it had done. Keep keys and outcomes where a restart does not erase them (with the SDK: fileStore, or your database).',
  },
  neverRestarted: {
    fr: 'Aucun redémarrage n’a été vu : relancez l’essai, et redémarrez l’application quand il le demande.',
    en: 'No restart was seen: run the test again, and restart the application when it asks.',
  },
  takenOnTrust: {
    fr: 'Le redémarrage est cru sur parole : Socle ne l’a pas vu.',
    en: 'The restart is taken on trust: Socle did not see it.',
  },
  mendFirst: {
    fr: 'Non essayé : corrigez d’abord le premier cas.',
    en: 'Not tried: mend the first case before.',
  },
} as const;

/** What was sent, in the middle of a sentence. */
export const objects = {
  forged: { fr: 'un ordre signé avec un autre secret', en: 'an order signed with another secret' },
  altered: { fr: 'un ordre modifié après sa signature', en: 'an order altered after it was signed' },
  unsigned: { fr: 'un ordre sans signature', en: 'an order without a signature' },
  expired: { fr: 'un ordre signé il y a dix minutes', en: 'an order signed ten minutes ago' },
} as const satisfies Readonly<Record<string, Text>>;

function why(status: number): Text {
  if (status === 401 || status === 403) {
    return {
      fr: 'Elle ne reconnaît pas la signature : vérifiez son secret et son horloge, et que rien ne relit le corps avant la vérification.',
      en: 'It does not recognise the signature: check its secret and its clock, and that nothing reads the body before it is verified.',
    };
  }
  if (status === 404 || status === 405)
    return { fr: 'Vérifiez l’adresse de la connexion.', en: 'Check the connection’s address.' };
  if (status >= 500) return { fr: 'Ses journaux disent pourquoi.', en: 'Its logs tell why.' };
  return { fr: 'Lisez ce qu’elle répond.', en: 'Read what it answers.' };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
