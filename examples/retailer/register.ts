import { day } from '../../src/kernel/index.ts';
import type { ExampleActivity, ExamplePurpose } from '../example.ts';

const reviewed = day('2026-06-30');
const measures =
  'Accès nominatifs selon la fonction, authentification à deux facteurs pour les administrateurs, chiffrement des échanges et des sauvegardes, journal des accès conservé un an.';

/** Lines of the Article 30 register, as the group's officer keeps them. */
export const activities: readonly ExampleActivity[] = [
  {
    key: 'ventes',
    controller: 'maison',
    state: 'validated',
    attributes: {
      name: 'Gestion des commandes en ligne',
      description:
        'Traiter les commandes passées sur la boutique en ligne, les livrer, les facturer et assurer le service après-vente.',
      persons: 'Clients de la boutique en ligne ; destinataires des livraisons.',
      recipients: 'Service clients, comptabilité, prestataire de paiement, transporteurs, expert-comptable.',
      transfers: 'Aucun.',
      measures,
      reviewed_on: reviewed,
    },
  },
  {
    key: 'compte',
    controller: 'maison',
    state: 'validated',
    attributes: {
      name: 'Compte client et avis',
      description: 'Tenir le compte en ligne, l’historique des achats et les avis publiés sur les produits.',
      persons: 'Titulaires d’un compte.',
      recipients: 'Service clients, équipe de modération.',
      transfers: 'Aucun.',
      measures,
      reviewed_on: reviewed,
    },
  },
  {
    key: 'prospection',
    controller: 'maison',
    state: 'validated',
    attributes: {
      name: 'Prospection commerciale',
      description:
        'Adresser la lettre d’information et les offres de l’enseigne par courriel et par SMS, mesurer leur diffusion.',
      persons: 'Clients et prospects.',
      recipients: 'Service marketing, prestataire d’envoi de courriels.',
      transfers: 'Aucun : le prestataire héberge ses serveurs dans l’Union européenne.',
      measures,
      reviewed_on: reviewed,
    },
  },
  {
    key: 'fidelite',
    controller: 'cabrelle',
    state: 'validated',
    attributes: {
      name: 'Programme de fidélité',
      description:
        'Gérer l’adhésion au programme commun aux deux enseignes, compter les points, émettre les coupons et l’offre d’anniversaire des enfants. Mervalin Maison SAS et Cabrelle SAS sont responsables conjoints (RGPD, art. 26).',
      persons: 'Adhérents ; enfants déclarés par les adhérents.',
      recipients: 'Magasins des deux enseignes, service marketing, prestataire d’édition des cartes.',
      transfers: 'Aucun.',
      measures,
      reviewed_on: reviewed,
    },
  },
  {
    key: 'droits',
    controller: 'maison',
    state: 'validated',
    attributes: {
      name: 'Traitement des demandes d’exercice de droits',
      description:
        'Recevoir les demandes, vérifier l’identité du demandeur, exécuter la demande dans les applications, répondre et en garder la preuve.',
      persons: 'Personnes qui exercent leurs droits, et leurs mandataires.',
      recipients: 'Délégué à la protection des données, relais, équipes des applications concernées.',
      transfers: 'Aucun.',
      measures: `${measures} Identifiants chiffrés sous une clé propre à chaque personne, détruite à la fin de la conservation.`,
      reviewed_on: reviewed,
    },
  },
  {
    key: 'recrutement',
    controller: 'cabrelle',
    state: 'draft',
    attributes: {
      name: 'Recrutement des équipes de magasin',
      description: 'Recevoir et évaluer les candidatures aux postes de vente.',
      persons: 'Candidats.',
      recipients: 'Ressources humaines, directeurs de magasin.',
      transfers: 'Aucun.',
      measures,
      reviewed_on: reviewed,
    },
  },
];

export const purposes: readonly ExamplePurpose[] = [
  {
    activity: 'ventes',
    attributes: {
      name: 'Exécution de la commande et service après-vente',
      legal_basis: 'contract',
      retention:
        'Cinq ans à compter de la fin du contrat ; dix ans à compter de la livraison pour un contrat électronique d’au moins 120 €.',
      source: 'C. civ. 2224 ; C. conso. L213-1 et D213-1 à D213-2',
    },
  },
  {
    activity: 'ventes',
    attributes: {
      name: 'Tenue de la comptabilité',
      legal_basis: 'legal_obligation',
      retention: 'Dix ans à compter de la clôture de l’exercice, en archivage intermédiaire réservé à la comptabilité.',
      source: 'C. com. L123-22',
    },
  },
  {
    activity: 'ventes',
    attributes: {
      name: 'Gestion des contestations de paiement',
      legal_basis: 'legitimate_interests',
      retention:
        'Treize mois à compter du débit (quinze mois pour une carte à débit différé) ; le cryptogramme n’est jamais conservé.',
      source: 'CNIL, délibération n° 2018-303',
    },
  },
  {
    activity: 'compte',
    attributes: {
      name: 'Tenue du compte en ligne',
      legal_basis: 'contract',
      retention: 'Deux ans à compter de la dernière connexion, après un avertissement resté sans réponse.',
      source: 'CNIL, recommandations sur les comptes inactifs',
    },
  },
  {
    activity: 'compte',
    attributes: {
      name: 'Publication des avis',
      legal_basis: 'legitimate_interests',
      retention: 'Durée de commercialisation du produit, sans identification de l’auteur au-delà de trois ans.',
      source: 'C. conso. L111-7-2 ; CNIL, référentiel gestion commerciale',
    },
  },
  {
    activity: 'prospection',
    attributes: {
      name: 'Lettre d’information par courriel',
      legal_basis: 'consent',
      retention:
        'Trois ans à compter de la collecte ou du dernier contact émanant de la personne ; l’ouverture d’un courriel n’en est pas un.',
      source: 'CNIL, référentiel gestion commerciale ; CPCE L34-5',
    },
  },
  {
    activity: 'prospection',
    attributes: {
      name: 'Offres sur des produits analogues',
      legal_basis: 'legitimate_interests',
      retention: 'Trois ans à compter de la fin de la relation commerciale.',
      source: 'CPCE L34-5, al. 4 ; CNIL, référentiel gestion commerciale',
    },
  },
  {
    activity: 'prospection',
    attributes: {
      name: 'Liste d’opposition à la prospection',
      legal_basis: 'legal_obligation',
      retention: 'Au moins trois ans à compter de l’opposition, sous forme d’empreintes seulement.',
      source: 'RGPD, art. 21, § 3 ; CNIL, référentiel gestion commerciale',
    },
  },
  {
    activity: 'fidelite',
    attributes: {
      name: 'Gestion de l’adhésion, des points et des coupons',
      legal_basis: 'contract',
      retention: 'Trois ans à compter du dernier passage en caisse ou de la dernière utilisation de la carte.',
      source: 'CNIL, référentiel gestion commerciale',
    },
  },
  {
    activity: 'fidelite',
    attributes: {
      name: 'Offre d’anniversaire des enfants',
      legal_basis: 'consent',
      retention: 'Jusqu’aux douze ans de l’enfant, ou jusqu’au retrait du consentement du parent.',
      source: 'RGPD, art. 6 (1) (a)',
    },
  },
  {
    activity: 'droits',
    attributes: {
      name: 'Réponse aux demandes et preuve de leur traitement',
      legal_basis: 'legal_obligation',
      retention:
        'Cinq ans à compter de la clôture de la demande, en archivage intermédiaire ; copie d’une pièce d’identité détruite dès la vérification.',
      source: 'RGPD, art. 5, § 2, et 12 à 22 ; C. civ. 2224',
    },
  },
  {
    activity: 'recrutement',
    attributes: {
      name: 'Évaluation des candidatures',
      legal_basis: 'legitimate_interests',
      retention: 'Deux ans à compter du dernier contact avec le candidat non retenu.',
      source: 'CNIL, guide du recrutement',
    },
  },
];
