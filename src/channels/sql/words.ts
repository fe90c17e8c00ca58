import { joined, type Text } from '../../kernel/index.ts';
import { tableKey } from './catalogue.ts';
import type { Sighting } from './outcome.ts';
import type { ErasurePlan, Fill, KeepReason, PlanNotice, PlanProblem, PlanStep, Way } from './plan.ts';

/** What can't be done as the plan stands, each with what to do. */
export function planProblems(plan: ErasurePlan): readonly Text[] {
  return plan.problems.map(problemText);
}

/** What the reader of a plan should know. */
export function planNotices(plan: ErasurePlan): readonly Text[] {
  return plan.notices.map(noticeText);
}

/** Why nobody is erased by an identifier that several persons share. */
export const ambiguousText: Text = {
  fr: 'L’identifiant donné désigne plusieurs personnes de noms différents. Donnez-en un second qui n’en désigne qu’une (numéro de client, de licence…).',
  en: 'The identifier given names several persons of different names. Give a second one that names only one (a customer or licence number…).',
};

/** Why nothing is done for a person whose identifier stands where nothing says whose row it is, and what to do. */
export function unplacedText(sightings: readonly Sighting[]): Text {
  const list = sightings.map(({ where }) => where).join(', ');
  return {
    fr: `L’identifiant figure dans ${list}, et rien ne dit de qui sont ces lignes. Rien n’a été modifié. Déclarez sur le plan d’effacement de l’application, ou dans le fichier --map, que la colonne désigne des personnes (identities), ou que la table est à ignorer ; puis relancez.`,
    en: `The identifier stands in ${list}, and nothing says whose rows these are. Nothing was changed. Say on the application’s erasure plan, or in the --map file, that the column names persons (identities), or that the table is to be ignored; then retry.`,
  };
}

/** Why an order is only partly done when rows were seen that nothing links to the person, and what to do. Null without any. */
export function unlinkedText(seen: readonly Sighting[]): Text | null {
  const left = seen.filter(({ mayStay }) => !mayStay);
  const named = left.filter(({ by }) => by === 'name').map(({ where }) => where);
  const keyed = left.filter(({ by }) => by === 'key').map(({ where }) => where);
  if (named.length === 0 && keyed.length === 0) return null;
  const parts: readonly (Text | null)[] = [
    listed(named, (list) => ({
      fr: `Des lignes portent le nom de la personne et rien ne les relie à elle (${list}).`,
      en: `Rows bear the person’s name and nothing links them to the person (${list}).`,
    })),
    listed(keyed, (list) => ({
      fr: `Des colonnes semblent désigner la personne sans que rien le déclare (${list}).`,
      en: `Columns seem to refer to the person and nothing declares it (${list}).`,
    })),
    {
      fr: 'Dites-le une fois, sur le plan d’effacement de l’application ou dans le fichier --map : une jointure (joins), ou la table à ignorer (tables) ; puis relancez, Socle finit l’effacement. Si rien ne peut les relier, effacez-les à la main et relancez.',
      en: 'Say it once, on the application’s erasure plan or in the --map file: a join (joins), or the table to ignore (tables); then retry, and Socle finishes the erasure. If nothing can link them, erase them by hand and retry.',
    },
  ];
  return joined(
    parts.filter((part) => part !== null),
    ' ',
  );
}

function listed(names: readonly string[], text: (list: string) => Text): Text | null {
  return names.length === 0 ? null : text([...new Set(names)].join(', '));
}

export function problemText(problem: PlanProblem): Text {
  const table = tableKey(problem);
  const where = problem.column === null ? table : `${table}.${problem.column}`;
  const about = problem.about.join(', ');
  switch (problem.code) {
    case 'no_value_fits':
      return {
        fr: `Aucune valeur de remplacement ne satisfait les contraintes de ${where} (${about}). Déclarez value, keep ou delete_row dans le fichier --map.`,
        en: `No replacement value satisfies the constraints of ${where} (${about}). Say value, keep or delete_row in the --map file.`,
      };
    case 'delete_would_cascade':
      return {
        fr: `Supprimer des lignes de ${table} en supprimerait aussi dans ${about}. Déclarez ${about} : delete, ou gardez ${table}, dans le fichier --map.`,
        en: `Deleting rows of ${table} would also delete rows of ${about}. Say ${about}: delete, or keep ${table}, in the --map file.`,
      };
    case 'delete_is_referenced':
      return {
        fr: `Des lignes de ${about} désignent celles de ${table} à supprimer. Déclarez ${about} : delete, ou gardez ${table}, dans le fichier --map.`,
        en: `Rows of ${about} refer to the rows of ${table} to delete. Say ${about}: delete, or keep ${table}, in the --map file.`,
      };
    case 'key_cannot_change':
      return {
        fr: `${where} identifie la personne et sert de clé à ${about}, qui ne suit pas un changement de clé (ON UPDATE CASCADE). La valeur resterait : déclarez delete_row ou keep dans le fichier --map.`,
        en: `${where} names the person and is the key that ${about} refers to without following a change (ON UPDATE CASCADE). The value would stay: say delete_row or keep in the --map file.`,
      };
    case 'cannot_write':
      return {
        fr: `Le compte de Socle ne peut pas écrire dans ${where}. Accordez-lui UPDATE et DELETE.`,
        en: `Socle’s account can’t write to ${where}. Grant it UPDATE and DELETE.`,
      };
    case 'cannot_read':
      return {
        fr: `Le compte de Socle ne peut pas lire ${table} : ce qu’elle contient n’est ni effacé ni vérifié. Accordez-lui SELECT.`,
        en: `Socle’s account can’t read ${table}: what it holds is neither erased nor checked. Grant it SELECT.`,
      };
    case 'rows_hidden':
      return {
        fr: `La sécurité par ligne cache des lignes de ${table} au compte de Socle. Donnez-lui BYPASSRLS.`,
        en: `Row-level security hides rows of ${table} from Socle’s account. Give it BYPASSRLS.`,
      };
    case 'foreign_table':
      return {
        fr: `${table} est une table étrangère : effacez dans la base qui la porte.`,
        en: `${table} is a foreign table: erase in the database that holds it.`,
      };
    case 'no_identity_column':
      return {
        fr: 'Aucune colonne n’identifie de personne. Donnez-en une par --identity email=table.colonne ou par le fichier --map.',
        en: 'No column identifies persons. Give one with --identity email=table.column or in the --map file.',
      };
    case 'no_temporary_tables':
      return {
        fr: 'Le compte de Socle ne peut pas créer de tables temporaires. Accordez-lui TEMPORARY sur la base.',
        en: 'Socle’s account can’t make temporary tables. Grant it TEMPORARY on the database.',
      };
    case 'keeps_history':
      return {
        fr: `${table} garde l’historique de ses lignes : l’effacement y laisserait les anciennes valeurs. Cessez de la versionner (ALTER TABLE … DROP SYSTEM VERSIONING), ou déclarez-la : ignore dans le fichier --map et traitez son historique à part.`,
        en: `${table} keeps the history of its rows: an erasure would leave the earlier values there. Stop versioning it (ALTER TABLE … DROP SYSTEM VERSIONING), or say ignore in the --map file and see to its history apart.`,
      };
    case 'generated_from_kept':
      return {
        fr: `${where} est calculée à partir de colonnes gardées : elle reste telle quelle.`,
        en: `${where} is computed from columns that are kept: it stays as it is.`,
      };
  }
}

export function noticeText(notice: PlanNotice): Text {
  const table = tableKey(notice);
  const where = notice.column === null ? table : `${table}.${notice.column}`;
  const about = notice.about.join(', ');
  switch (notice.code) {
    case 'natural_key_stays':
      return { fr: `${where} est une clé naturelle : elle reste.`, en: `${where} is a natural key: it stays.` };
    case 'join_deduced':
      return {
        fr: `${where} désigne ${about}, d’après les noms et les types ; aucune contrainte ne le dit.`,
        en: `${where} refers to ${about}, by names and types; no constraint says so.`,
      };
    case 'out_of_reach':
      return {
        fr: `${table} contient des données personnelles mais rien ne la relie à une personne. Déclarez une jointure ou une colonne d’identité dans le fichier --map.`,
        en: `${table} holds personal data but nothing links it to a person. Declare a join or an identity column in the --map file.`,
      };
    case 'other_persons':
      return {
        fr: `Les lignes de ${table} qui désignent la personne (${about}) sont celles d’autres personnes : elles restent.`,
        en: `Rows of ${table} that refer to the person (${about}) are other persons’: they stay.`,
      };
    case 'shared_reference_data':
      return {
        fr: `${table} est un référentiel commun : elle n’est pas touchée.`,
        en: `${table} is shared reference data: it isn’t touched.`,
      };
    case 'rows_deleted':
      return {
        fr: `Les lignes de ${table} sont supprimées : une clé y porte l’identifiant, ou le fichier --map le demande.`,
        en: `Rows of ${table} are deleted: a key holds the identifier, or the --map file says so.`,
      };
    case 'left_empty': {
      const name = table.replace(/^(public|main)\./, '');
      return {
        fr: `Les lignes de ${table} ne garderont que leurs clés : elles restent, vides, et comptent encore. Pour les supprimer, dites ${name} : delete (tables) dans le fichier --map.`,
        en: `Rows of ${table} will keep their keys only: they stay, empty, and still count. To delete them, say ${name}: delete (tables) in the --map file.`,
      };
    }
    case 'key_replaced':
      return {
        fr: `${where} est une clé qui identifie la personne : elle reçoit une valeur au hasard, que les lignes liées suivent.`,
        en: `${where} is a key that names the person: it is given a random value, which linked rows follow.`,
      };
    case 'ignored_by_map':
      return {
        fr: `${table} est laissée de côté par le fichier --map.`,
        en: `${table} is left out by the --map file.`,
      };
    case 'triggers':
      return {
        fr: `${table} a des déclencheurs qui s’exécuteront (${about}).`,
        en: `${table} has triggers that will run (${about}).`,
      };
    case 'no_transaction':
      return {
        fr: `${table} n’a pas de transaction (MyISAM, Aria, MEMORY) : chaque instruction y est aussitôt définitive. Après une coupure au milieu, l’ordre reprend où il en était.`,
        en: `${table} has no transaction (MyISAM, Aria, MEMORY): each statement is final at once. When cut in the middle, the order resumes where it was.`,
      };
    case 'materialized_view':
      return about === ''
        ? {
            fr: `La vue matérialisée ${table} garde une copie, et le compte de Socle ne peut pas la rafraîchir.`,
            en: `The materialized view ${table} keeps a copy, and Socle’s account can’t refresh it.`,
          }
        : {
            fr: `La vue matérialisée ${table} est rafraîchie après l’effacement.`,
            en: `The materialized view ${table} is refreshed after the erasure.`,
          };
    case 'view':
      return {
        fr: `La vue ${table} suit ses tables (${about}).`,
        en: `The view ${table} follows its tables (${about}).`,
      };
    case 'mentions_only':
      return {
        fr: `Dans ${table}, seule la mention de la personne est effacée (${about}).`,
        en: `In ${table}, only the mention of the person is erased (${about}).`,
      };
  }
}

export function keepText(why: KeepReason): Text {
  switch (why.code) {
    case 'key':
      return { fr: 'gardée : clé', en: 'kept: key' };
    case 'reference':
      return { fr: 'gardée : référence', en: 'kept: reference' };
    case 'number':
      return { fr: 'gardée : nombre ou montant', en: 'kept: number or amount' };
    case 'boolean':
      return { fr: 'gardée : oui ou non', en: 'kept: yes or no' };
    case 'moment':
      return { fr: 'gardée : date', en: 'kept: date' };
    case 'enumeration':
      return { fr: 'gardée : valeur d’une énumération', en: 'kept: value of an enumeration' };
    case 'listed_code':
      return { fr: 'gardée : code d’une liste', en: 'kept: code from a list' };
    case 'technical':
      return { fr: 'gardée : code technique', en: 'kept: technical code' };
    case 'natural_key':
      return { fr: 'gardée : clé naturelle', en: 'kept: natural key' };
    case 'generated':
      return { fr: 'suit les colonnes dont elle est calculée', en: 'follows the columns it is computed from' };
    case 'other_type':
      return { fr: 'gardée : sans texte', en: 'kept: holds no text' };
    case 'no_personal_content':
      return { fr: 'gardée : à quelqu’un d’autre', en: 'kept: someone else’s' };
    case 'follows_reference':
      return { fr: 'suit la clé qu’elle désigne', en: 'follows the key it refers to' };
    case 'map':
      return { fr: `gardée par le fichier --map : ${why.reason}`, en: `kept by the --map file: ${why.reason}` };
    case 'no_value':
      return { fr: 'reste faute de valeur possible', en: 'stays for want of a possible value' };
  }
}

export function fillText(fill: Fill, category: Text): Text {
  switch (fill.kind) {
    case 'null':
      return { fr: `vidée (${category.fr})`, en: `emptied (${category.en})` };
    case 'value':
      return fill.value === ''
        ? { fr: `vidée (${category.fr})`, en: `emptied (${category.en})` }
        : {
            fr: `remplacée par « ${fill.value} » (${category.fr})`,
            en: `replaced by “${fill.value}” (${category.en})`,
          };
    case 'token':
      return {
        fr: `remplacée par une valeur au hasard, distincte à chaque ligne (${category.fr})`,
        en: `replaced by a random value, distinct in each row (${category.en})`,
      };
    case 'redact':
      return fill.alone === null
        ? { fr: 'l’identifiant de la personne y est caviardé', en: 'the person’s identifier is taken out of it' }
        : {
            fr: 'vidée si elle ne nomme que la personne ; sinon l’identifiant y est caviardé',
            en: 'emptied when it names only the person; otherwise the identifier is taken out of it',
          };
  }
}

export function wayText(plan: ErasurePlan, step: PlanStep, way: Way): Text {
  const columns = 'pairs' in way ? way.pairs.map((pair) => pair.own).join(', ') : '';
  const others = 'pairs' in way ? way.pairs.map((pair) => pair.other).join(', ') : '';
  switch (way.kind) {
    case 'identity':
      return {
        fr: `${step.table}.${way.column} est l’identifiant de la personne (${way.identity})`,
        en: `${step.table}.${way.column} is the person’s identifier (${way.identity})`,
      };
    case 'content':
      return {
        fr: `le texte contient un identifiant de la personne (${way.columns.join(', ')})`,
        en: `the text contains an identifier of the person (${way.columns.join(', ')})`,
      };
    case 'incoming': {
      const source = plan.steps[way.from]?.table ?? '';
      return {
        fr: `${step.table}.${columns} désigne ${source}.${others}`,
        en: `${step.table}.${columns} refers to ${source}.${others}`,
      };
    }
    case 'owner': {
      const source = plan.steps[way.from]?.table ?? '';
      return {
        fr: `${source}.${others} dit de qui est la ligne : ${step.table}.${columns}`,
        en: `${source}.${others} says whose the row is: ${step.table}.${columns}`,
      };
    }
    case 'outgoing': {
      const source = plan.steps[way.from]?.table ?? '';
      return {
        fr: `${source}.${others} désigne ${step.table}.${columns}, et personne d’autre ne l’utilise`,
        en: `${source}.${others} refers to ${step.table}.${columns}, and no one else uses it`,
      };
    }
  }
}

export function purposeText(purpose: 'find' | 'blank' | 'delete' | 'refresh', table: string): Text {
  switch (purpose) {
    case 'find':
      return { fr: `Trouver les lignes de ${table}`, en: `Find the rows of ${table}` };
    case 'blank':
      return { fr: `Vider les champs de ${table}`, en: `Blank the fields of ${table}` };
    case 'delete':
      return { fr: `Supprimer les lignes de ${table}`, en: `Delete the rows of ${table}` };
    case 'refresh':
      return { fr: `Rafraîchir ${table}`, en: `Refresh ${table}` };
  }
}
