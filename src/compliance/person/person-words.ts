import type { Text } from '../../kernel/index.ts';

/** The words of the pages of persons. */
export const personWords = {
  title: { fr: 'Personnes concernées', en: 'Persons' },
  lead: {
    fr: 'Une personne se cherche par un identifiant qui la désigne, jamais par son nom. Socle ne garde d’elle que le nécessaire, chiffré.',
    en: 'A person is searched by an identifier that names them, never by name. Socle keeps of them only what is needed, encrypted.',
  },
  kind: { fr: 'Identifiant', en: 'Identifier' },
  value: { fr: 'Valeur', en: 'Value' },
  find: { fr: 'Chercher', en: 'Search' },
  nobody: { fr: 'Personne ne porte cet identifiant', en: 'Nobody holds this identifier' },
  nobodyDetail: {
    fr: 'Socle ne la connaît pas, ou l’a oubliée. Ses applications peuvent la connaître : une demande les interroge.',
    en: 'Socle does not know them, or has forgotten them. Its applications may know them: a request asks them.',
  },
  several: { fr: 'Plusieurs personnes portent cet identifiant', en: 'Several persons hold this identifier' },
  severalLead: {
    fr: 'Un foyer partage souvent une adresse. Aucune n’est effacée sur cet identifiant seul.',
    en: 'A household often shares an address. None is erased on this identifier alone.',
  },
  person: { fr: 'Personne', en: 'Person' },
  identities: { fr: 'Identifiants', en: 'Identifiers' },
  since: { fr: 'Depuis', en: 'Since' },
  pseudonymous: {
    fr: 'Pseudonyme : les identifiants sont masqués, et rien n’est montré de plus que ce qu’il faut pour traiter ses demandes.',
    en: 'Pseudonymous: identifiers are masked, and nothing more is shown than what handling the requests takes.',
  },
  profiles: { fr: 'D’où Socle la connaît', en: 'How Socle knows them' },
  profilesLead: {
    fr: 'Chaque source garde son profil : ce qu’elle a dit de la personne, et quand.',
    en: 'Each source keeps its profile: what it said of the person, and when.',
  },
  source: { fr: 'Source', en: 'Source' },
  fromRequest: { fr: 'Une demande', en: 'A request' },
  fromApplication: { fr: 'Une application', en: 'An application' },
  kinds: { fr: 'Identifiants', en: 'Identifiers' },
  noProfile: { fr: 'Aucun profil', en: 'No profile' },
  noProfileHint: {
    fr: 'Ses profils ont rejoint une autre personne.',
    en: 'Their profiles were joined to another person.',
  },
  requests: { fr: 'Ses demandes', en: 'Their requests' },
  number: { fr: 'Numéro', en: 'Number' },
  state: { fr: 'État', en: 'State' },
  received: { fr: 'Reçue le', en: 'Received on' },
  noRequest: { fr: 'Aucune demande', en: 'No request' },
  noRequestHint: { fr: 'Enregistrez-en une depuis « Demandes ».', en: 'Record one from “Requests”.' },
  nameDiffers: {
    fr: 'Les noms diffèrent : deux personnes d’un foyer, peut-être. Demandez un second élément qui concorde avant de trancher.',
    en: 'The names differ: two persons of a household, perhaps. Ask for a second detail that agrees before settling.',
  },
  birthDiffers: {
    fr: 'Les dates de naissance diffèrent. Demandez un second élément qui concorde avant de trancher.',
    en: 'The birth dates differ. Ask for a second detail that agrees before settling.',
  },
  different: { fr: 'Ce sont deux personnes', en: 'They are two persons' },
  same: { fr: 'C’est la même personne', en: 'They are one person' },
  settled: { fr: 'Ce rapprochement a déjà été tranché.', en: 'This review was already settled.' },
  joined: { fr: 'Les deux sont réunies.', en: 'The two are joined.' },
  apart: { fr: 'Elles restent distinctes.', en: 'They stay apart.' },
} as const satisfies Readonly<Record<string, Text>>;
