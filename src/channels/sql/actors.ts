import { namesStaff, wordList, wordsOf } from './names.ts';

/**
 * Who acts on a row without being who the row is about, by the name of the column that says it: `created_by`,
 * `fk_user_modif`, `support_rep_id`, `CODE_VENDEUR`.
 */
const operators =
  wordList(`by create write author editor created creator updated modified changed validated approved reviewed reviewer
  moderated moderator handled handler assigned assignee support rep representative manager supervisor seller vendeur
  sponsor parrain referrer referred referrer agent advisor adviser conseiller deleted processed sent entered saisi cree
  modifie maj valide operateur operator reports superviseur responsable gestionnaire commercial technicien technician
  picker packer driver livreur cashier caissier par reply replied last featured locked validateur valideur eval
  evaluateur evaluator interviewer resp checked recruteur recruiter chef granted accorde invited closed history actor
  acteur performed submitter submitted depositaire grader correcteur secretaire secretary infirmier infirmiere nurse
  controleur controller inspecteur inspector verificateur tech affecte attribue`);

/** Whose words or files a row holds, whoever it is addressed to or kept with. */
const authors = wordList(
  `actor acteur author auteur writer redacteur sender expediteur poster uploaded uploader submitter suggested proposed
  posted requested`,
);

/** Who typed a row, whatever it is about. */
const typists = wordList(
  `by create created creator write written update updated modified changed entered saisi cree modifie maj par`,
);

const served =
  wordList(`customer client clientele buyer acheteur usager member membre adherent subscriber abonne patient
  student etudiant eleve donor donateur passenger passager guest visitor visiteur resident locataire tenant assure
  policyholder candidate candidat applicant borrower emprunteur`);

/** `customer_id`, `patient`: whom a house serves, by what they are to it. */
export function namesServed(column: string): boolean {
  return wordsOf(column).some((word) => served.has(word));
}

/** Who keeps something for a house: the owner of a project, the lead of a team. */
const keepers = wordList(`owner proprietaire lead pilote referent`);

/** Stamps cut short after the noun of who acted: `fk_user_creat`, `UTIL_MODIF`, `usermodified`, `id_user_valid`. */
const typistStamp = /^(?:last)?(creat|cree|modif|updat|maj|mod|saisi|edit|c|m)/;
const otherStamp = /^(valid|approb|approv|clos|clotur|delet|suppr|assign|verif|action)/;

function hasStamp(list: readonly string[], stamp: RegExp): boolean {
  return list.some((word, index) => index > 0 && isStamp(word, stamp));
}

function isStamp(word: string, stamp: RegExp): boolean {
  const [start = ''] = stamp.exec(word) ?? [];
  return start.length > 1 ? word.length <= start.length + 6 : start === word && start !== '';
}

/** `updated_by_email`: who did something to the row. Its author is whom the row is of. */
export function namesMention(column: string): boolean {
  return namesOperator(column) && !wordsOf(column).some((word) => word === 'author' || word === 'creator');
}

/** `created_by`, `support_rep_id`, `assigned_to`: whoever acts on the row. */
export function namesOperator(column: string): boolean {
  return wordsOf(column).some((word) => operators.has(word)) || namesStaff(column);
}

/** `reviewer`, `assignee`, `gestionnaire`: a noun of who acts, as opposed to what is done (`report`, `support`). */
export function namesDoer(word: string): boolean {
  return operators.has(word) && /(er|or|eur|ee|aire|ien|ian|ist|rice|rep)$/.test(word);
}

/** A reference to persons that says who typed or decided, however the stamp is cut short. */
export function namesActing(column: string): boolean {
  return namesOperator(column) || namesTypist(column) || hasStamp(wordsOf(column), otherStamp);
}

/** `actor` of a log. */
export function namesActor(column: string): boolean {
  return wordsOf(column).some((word) => word === 'actor' || word === 'acteur');
}

/** `author_id`, `sender_id`, `uploaded_by`: whose words or files they are. */
export function namesAuthor(column: string): boolean {
  return wordsOf(column).some((word) => authors.has(word));
}

/** `create_uid`, `updated_by`, `fk_user_creat`. */
export function namesTypist(column: string): boolean {
  const list = wordsOf(column);
  return list.some((word) => typists.has(word)) || hasStamp(list, typistStamp);
}

const subjects = wordList(`related target affected concerned concerne subject sujet cible`);

const named = wordList(`beneficiary beneficiaire payee dependent dependant spouse conjoint`);

/** `id_beneficiaire`: whom somebody named in a file of their own. */
export function namesNamed(column: string): boolean {
  return wordsOf(column).some((word) => named.has(word));
}

const addressees = wordList(`to recipient destinataire addressee`);

/** `useridto`, `recipient_id`: to whom a notice goes, whoever's doing it tells. */
export function namesAddressee(column: string): boolean {
  return wordsOf(column).some((word) => addressees.has(word));
}

const ends = wordList('from cc bcc reply');

/** `from_address`, `recipient`: an end of a correspondence. */
export function namesCorrespondent(column: string): boolean {
  return wordsOf(column).some((word) => ends.has(word) || authors.has(word) || addressees.has(word));
}

/** `related_user_id`, `target_member_id`: whom a line of a log is about, whoever acted. */
export function namesSubject(column: string): boolean {
  return wordsOf(column).some((word) => subjects.has(word));
}

/** `owner_id`: its owner when nobody else claims it, its keeper when it belongs to an organisation. */
export function namesKeeper(column: string): boolean {
  return wordsOf(column).some((word) => keepers.has(word));
}
