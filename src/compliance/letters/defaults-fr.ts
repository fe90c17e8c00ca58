import type { LetterKind } from './letter.ts';
import type { LetterTemplate } from './template.ts';

const closing = `Nous vous prions d’agréer, Madame, Monsieur, l’expression de notre considération distinguée.`;

const contact = `Pour toute question relative à cette demande ou à vos données, vous pouvez vous adresser à notre délégué à la protection des données : {officer_contact}.`;

const remedies = `Si vous estimez que vos droits ne sont pas respectés, vous pouvez :
{remedies}`;

/** Nobody looked there, and nobody can: passing it over would tell that all is done. */
const retired = `Les applications suivantes ont été retirées du service avant que votre demande ait pu y être exécutée. Elles ne sont plus utilisées, mais nous ne pouvons pas attester que ce qu’elles contenaient de vous est effacé :
{retired}`;

/** What is told in every answer that erased something. */
const aftermath = `Conformément à l’article 19 du RGPD, nous avons informé de cet effacement les destinataires auxquels vos données avaient été communiquées :
{told}

Vos données peuvent subsister, sans être utilisées, dans nos sauvegardes techniques jusqu’à leur renouvellement, au plus tard le {backups_until}. Si l’une d’elles devait être restaurée, l’effacement y serait exécuté de nouveau : à cette seule fin, et pour vérifier que vos données n’y reparaissent pas, ce qui permet de vous y reconnaître (identifiants, nom) est conservé chiffré jusqu’à cette date, puis détruit.

Afin de prouver que votre demande a été satisfaite et de ne pas réintroduire vos données par erreur, nous conservons le dossier de cette demande pendant {file_kept}. Il ne contient plus vos données en clair, mais seulement des empreintes.`;

/** The letters of an erasure request as a French data protection officer writes them. */
export const defaultTemplatesFr: Readonly<Record<LetterKind, LetterTemplate>> = {
  acknowledgement: {
    subject: 'Accusé de réception de votre demande d’effacement n° {request_number}',
    body: `{greeting}

Nous avons bien reçu, le {received_on}, votre demande d’effacement des données à caractère personnel vous concernant (article 17 du règlement général sur la protection des données, ci-après « RGPD »). Elle est enregistrée sous le numéro {request_number}, que nous vous remercions de rappeler dans toute correspondance.

Nous vous répondrons dans les meilleurs délais et au plus tard le {deadline}. Si la complexité de votre demande ou le nombre de demandes reçues l’exigeait, ce délai pourrait être prolongé de deux mois (RGPD, art. 12, § 3) ; nous vous en informerions avant cette date en vous en exposant les motifs.

Cette démarche est gratuite.

Vous pouvez suivre l’avancement de votre demande à l’adresse suivante : {status_page}

${contact}

${closing}`,
  },
  identity_request: {
    subject: 'Votre demande n° {request_number} : informations nécessaires pour vous identifier',
    body: `{greeting}

Vous nous avez demandé, par une demande reçue le {received_on}, d’effacer les données à caractère personnel vous concernant.

Avant d’y donner suite, nous devons nous assurer que les données que nous effacerons sont bien les vôtres. Or nous avons un doute raisonnable à ce sujet : {doubt}.

Nous vous remercions de bien vouloir nous faire parvenir :
{identity_needed}

Ces informations ne serviront qu’à vérifier votre identité. Si vous nous adressez la copie d’un titre d’identité, vous pouvez y masquer toute mention inutile à cette vérification ; nous la détruirons dès que celle-ci sera faite.

Conformément à l’article 77 du décret n° 2019-536 du 29 mai 2019, le délai dont nous disposons pour vous répondre est suspendu à compter de ce jour. Il reprendra dès que ces informations nous seront parvenues.

${contact}

${closing}`,
  },
  extension: {
    subject: 'Votre demande n° {request_number} : prolongation du délai de réponse',
    body: `{greeting}

Nous avons reçu le {received_on} votre demande d’effacement des données à caractère personnel vous concernant, à laquelle nous devons répondre au plus tard le {deadline}.

Nous ne serons pas en mesure de vous adresser une réponse complète à cette date. Comme le permet l’article 12, paragraphe 3, du RGPD, le délai est prolongé de deux mois, pour les raisons suivantes :
{extension_reasons}

Nous vous répondrons dès que possible et au plus tard le {new_deadline}.

${remedies}

${contact}

Nous vous prions de nous excuser de ce retard et d’agréer, Madame, Monsieur, l’expression de notre considération distinguée.`,
  },
  complete_answer: {
    subject: 'Réponse à votre demande d’effacement n° {request_number}',
    body: `{greeting}

Nous avons fait droit à votre demande, reçue le {received_on} : les données à caractère personnel vous concernant ont été effacées.

Voici ce qui a été effacé dans chacune de nos applications :
{done}

${aftermath}

${contact}

${remedies}

${closing}`,
  },
  partial_answer: {
    subject: 'Réponse à votre demande d’effacement n° {request_number}',
    body: `{greeting}

Nous avons examiné votre demande d’effacement, reçue le {received_on}. Il ne nous est pas possible, à ce jour, d’y faire droit en totalité. Nous vous en rendons compte ci-dessous, application par application.

Ce qui a été effacé :
{done}

Ce que nous conservons, et pourquoi :
{refused}

Ce qui reste en cours, et dont nous vous rendrons compte sans nouvelle démarche de votre part :
{pending}

${retired}

${aftermath}

${contact}

${remedies}

${closing}`,
  },
  not_found: {
    subject: 'Réponse à votre demande d’effacement n° {request_number}',
    body: `{greeting}

À la suite de votre demande reçue le {received_on}, nous avons recherché les données à caractère personnel vous concernant dans les applications suivantes :
{searched}

Nous avons effectué ces recherches à partir des éléments que vous nous avez communiqués : {identifiers}.

Aucune donnée vous concernant n’y a été trouvée. Nous n’avons donc rien eu à effacer.

${retired}

Si vous pensez que nous détenons des données sous un autre identifiant (ancienne adresse électronique, nom de naissance, numéro de client ou de carte de fidélité), il vous suffit de nous l’indiquer : nous reprendrons nos recherches.

${contact}

${remedies}

${closing}`,
  },
  refusal: {
    subject: 'Réponse à votre demande d’effacement n° {request_number}',
    body: `{greeting}

Nous avons examiné avec attention votre demande d’effacement, reçue le {received_on}. Nous ne pouvons pas y faire droit. En voici les raisons :
{grounds}

Le droit à l’effacement n’est pas absolu ; vos autres droits demeurent, notamment ceux d’accéder à vos données, de les faire rectifier et de vous opposer à tout moment à recevoir de la prospection.

${contact}

${remedies}

${closing}`,
  },
};
