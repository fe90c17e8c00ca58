/**
 * Reading names of tables and columns, in French and English, as people write them: `T_CLIENT`, `CLI_ID`, `dt_naiss`,
 * `shippingAddressId`, `"N° de téléphone"`. The dictionary decides categories; these words only tell keys, roles and
 * kinds of identifiers.
 */

/** `billingAddressID2` → billing, address, id: lower case, no accents, no digits, singular. */
export function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(gluedKey, '$1 $2')
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
    .map(singular);
}

/** `userid`, `itemtype`: words that packages write as one. */
const gluedKey =
  /(user|customer|client|member|item|course|order|account|person|contact|product|object|parent|entity|record|context)(id|type)\b/g;

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 4 && word.endsWith('eaux')) return word.slice(0, -1);
  if (word.length > 3 && word.endsWith('s') && !/(ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

const tablePrefixes = new Set(['t', 'tb', 'tbl', 'tab', 'table', 'dim', 'fact', 'fct', 'app', 'sys', 'x', 'wp']);

/** Words of a table's name without the habit of a prefix: `T_CLIENT`, `tbl_client` → client. */
export function tableWords(name: string): readonly string[] {
  const words = wordsOf(name);
  const isPrefix = (word: string): boolean => tablePrefixes.has(word) || !/[aeiouy]/.test(word);
  const rest = words.filter((word, index) => !(index === 0 && words.length > 1 && isPrefix(word)));
  return rest.length === 0 ? words : rest;
}

export const keyWords: ReadonlySet<string> = new Set([
  'id',
  'ident',
  'identifier',
  'identifiant',
  'no',
  'nr',
  'num',
  'number',
  'numero',
  'code',
  'cod',
  'cd',
  'ref',
  'reference',
  'key',
  'cle',
  'fk',
  'pk',
  'uuid',
  'guid',
  'oid',
]);

/** `customer_id` → customer; `FK_CLIENT` → client. */
export function withoutKeyWords(words: readonly string[]): readonly string[] {
  return words.filter((word) => !keyWords.has(word));
}

const persons =
  words(`customer client clientele buyer acheteur user utilisateur usager member membre adherent subscriber
  abonne person personne people individu individual contact prospect lead account compte patient candidate candidat
  applicant guest visitor visiteur passenger passager student etudiant eleve donor donateur beneficiary beneficiaire
  tenant locataire owner proprietaire holder titulaire citizen citoyen assure insured policyholder voter recipient
  destinataire attendee participant player joueur partner partenaire tiers`);

const staff = words(`employee employe salarie staff personnel agent advisor adviser conseiller vendeur seller salesman
  salesperson salesrep rep representative manager technician technicien operator operateur admin administrator
  administrateur driver chauffeur livreur courier doctor medecin nurse teacher professeur worker collaborateur`);

const others = words(`contact beneficiary beneficiaire child enfant dependent dependant guest invite passenger passager
  companion accompagnant spouse conjoint friend ami referral filleul relative proche attendee participant`);

/** Things and organisations that many rows share, whatever telephone or street they show. */
const shared =
  words(`store shop magasin boutique shipper carrier transporteur supplier fournisseur vendor warehouse entrepot
  company compagnie societe entreprise organisation organization agency agence branch site brand marque product produit
  article item category categorie country pays city ville commune region state currency department departement office
  bureau hotel restaurant clinic hospital hopital school ecole bank publisher editeur airline airport station depot
  relay relais property channel campaign campagne service track album artist genre title movie film book event evenement`);

/** Who acts on a row without being who the row is about. */
const operators =
  words(`by create write author editor created creator updated modified changed validated approved reviewed reviewer
  moderated moderator handled handler assigned assignee support rep representative manager supervisor seller vendeur
  sponsor parrain referrer referred referrer agent advisor adviser conseiller deleted processed sent entered saisi cree
  modifie maj valide operateur operator reports superviseur responsable gestionnaire commercial technicien technician
  picker packer driver livreur cashier caissier par reply replied last featured locked validateur valideur eval
  evaluateur evaluator interviewer resp checked recruteur recruiter chef granted accorde invited closed history actor acteur performed`);

/** Whose words or files a row holds, whoever it is addressed to or kept with. */
const authors = words(`actor acteur author auteur writer redacteur sender expediteur poster uploaded uploader`);

/** Who typed a row, whatever it is about. */
const typists = words(
  `by create created creator write written update updated modified changed entered saisi cree modifie maj par`,
);

/** Who keeps something for a house: the owner of a project, the lead of a team. */
const keepers = words(`owner proprietaire lead pilote referent`);

/** What belongs to a house rather than to the person who keeps it. */
const organisations = words(`company compagnie societe entreprise organisation organization workspace espace team equipe
  agency agence etablissement establishment association club federation`);

/** An account, as opposed to the customer or the member that it serves. */
const accounts = words(`user utilisateur account compte`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).map((word) => singular(word)));
}

function isIn(set: ReadonlySet<string>, word: string | undefined): boolean {
  return word !== undefined && set.has(word);
}

/** English puts the noun last (`loyalty_member`), French first (`client_web`). */
export function namesPersons(table: string): 'noun' | 'first' | null {
  const list = tableWords(table);
  if (isIn(persons, list.at(-1)) || isIn(staff, list.at(-1))) return 'noun';
  return isIn(persons, list[0]) || isIn(staff, list[0]) ? 'first' : null;
}

export function namesShared(table: string): boolean {
  if (namesPersons(table) !== null) return false;
  const list = tableWords(table);
  return isIn(shared, list.at(-1)) || (list.length === 1 && isIn(shared, list[0]));
}

const approaches = words(
  `lead prospect contact visitor visiteur guest subscriber abonne candidate candidat applicant request demande`,
);

/** A table that holds a person as often as they came near: leads, visits, applications. */
export function namesApproach(table: string): boolean {
  return tableWords(table).some((word) => approaches.has(word));
}

const contactPoints =
  words(`email mail courriel phone telephone tel contact coordonnee login identifier identity identite
  credential auth newsletter subscription abonnement`);

/** A table of its own for e-mails or telephones of persons: `client_email`, `person_phone`. */
export function namesContactPoint(table: string): boolean {
  return tableWords(table).some((word) => contactPoints.has(word));
}

export function namesStaff(table: string): boolean {
  return tableWords(table).some((word) => staff.has(word));
}

/** A child, a guest, a contact: someone beside the person the row points to. */
export function namesOthers(table: string): boolean {
  return tableWords(table).some((word) => others.has(word));
}

/** `updated_by_email`: who did something to the row. Its author is whom the row is of. */
export function namesMention(column: string): boolean {
  return namesOperator(column) && !wordsOf(column).some((word) => word === 'author' || word === 'creator');
}

/** `created_by`, `support_rep_id`, `assigned_to`: whoever acts on the row. */
export function namesOperator(column: string): boolean {
  return wordsOf(column).some((word) => operators.has(word) || staff.has(word));
}

/** `author_id`, `sender_id`, `uploaded_by`: whose words or files they are. */
export function namesAuthor(column: string): boolean {
  return wordsOf(column).some((word) => authors.has(word));
}

/** `create_uid`, `updated_by`. */
export function namesTypist(column: string): boolean {
  return wordsOf(column).some((word) => typists.has(word));
}

/** `owner_id`: its owner when nobody else claims it, its keeper when it belongs to an organisation. */
export function namesKeeper(column: string): boolean {
  return wordsOf(column).some((word) => keepers.has(word));
}

const notes = words(`note remarque remark memo annotation observation log journal history historique trace audit`);

/** A table of what staff write down about things, as opposed to what people say to each other. */
export function namesNote(table: string): boolean {
  return tableWords(table).some((word) => notes.has(word));
}

export function namesOrganisation(table: string): boolean {
  return isIn(organisations, tableWords(table).at(-1));
}

/** `users`, `auth_user`, `compte`: an account rather than a person by trade. */
export function namesAccount(table: string): boolean {
  return isIn(accounts, tableWords(table).at(-1));
}

const nameWords = words(`name nom firstname lastname prenom surname forename fullname patronyme familyname givenname
  fname lname nomcomplet civilite`);
const streetWords = words(`address addresse adresse adr addr street rue voie road line ligne house building batiment
  residence complement apartment appartement lieudit`);
const secretWords = words(
  `password passwd pwd mdp motdepasse token secret hash salt session cookie ip fingerprint otp`,
);

export function namesName(column: string): boolean {
  return wordsOf(column).some((word) => nameWords.has(word));
}

/** The line of an address, as opposed to a city or a country that many share. */
export function namesStreet(column: string): boolean {
  return wordsOf(column).some((word) => streetWords.has(word));
}

export function namesSecret(column: string): boolean {
  return wordsOf(column).some((word) => secretWords.has(word));
}

const ownTextWords = words(`postal postcode zip zipcode cp insee slug permalink handle nickname pseudo`);

/** What says where somebody lives, or is made of their name, though it looks like a code: a postal code, a slug. */
export function namesOwnText(column: string): boolean {
  return wordsOf(column).some((word) => ownTextWords.has(word));
}

/** `social_account.uid`: how another site calls the person. */
export function namesOutsideAccount(table: string, column: string): boolean {
  const list = wordsOf(column);
  return list.includes('uid') && /social|oauth|openid|identit|account|sso|federat/i.test(table);
}

const renderings = words(`repr representation display summary resume description message detail`);

/** What a log shows of the thing that it is about. */
export function namesRendering(column: string): boolean {
  return wordsOf(column).some((word) => renderings.has(word));
}

const numberNames = words(`name number num numero no nr reference ref code folio`);
const documentTable =
  /order|command|propal|invoic|factur|avoir|devis|quot|bill|receipt|recu|ticket|move|pay|deliver|livrais|ship|exped|bulletin|sale|vente|purchas|achat|transact|book|reserv|claim|sinistr|contra|polic/i;

/** An invoice, an order, a quote: whoever typed it, it is of whom it is for. */
export function namesDocument(table: string): boolean {
  return documentTable.test(table);
}

/** `invoice.number`, `account_move.name`, `commande.reference`: what may be the number of a document, if its values are. */
export function mayNumberDocument(table: string, column: string): boolean {
  const list = wordsOf(column);
  return (
    documentTable.test(`${table} ${column}`) &&
    list.some((word) => numberNames.has(word)) &&
    identityKindOf(column) === null
  );
}

const codeWords =
  words(`status statut state etat type kind currency devise locale lang language langue code level niveau
  tier unit unite mode channel canal priority priorite origin source`);

/** A short code that runs the application: a status, a currency. */
export function namesCode(column: string): boolean {
  return wordsOf(column).some((word) => codeWords.has(word));
}

const emailWords = words(`email mail courriel mel emailaddress mailaddress`);
const phoneWords = words(`phone tel telephone mobile portable gsm cell cellphone phonenumber telephonenumber msisdn`);
const loyaltyWords = words(`loyalty fidelity fidelite fid card carte adherent membership`);
const customerWords = words(`customer client cli cust adherent member membre account compte user subscriber abonne`);
const bankWords = words(`bank bancaire banque credit debit bleue cb payment paiement pan ccn cvv bic rib`);
const numberWords = words(`number num numero no nr code ref reference id identifiant identifier`);

/** The kind of identifier a column of texts or numbers holds, by its name; null when it holds none. */
export function identityKindOf(column: string): string | null {
  const list = wordsOf(column);
  const has = (set: ReadonlySet<string>): boolean => list.some((word) => set.has(word));
  if (has(emailWords) || /email/i.test(column)) {
    return list.some((word) => aboutEmail.has(word)) ? null : 'email';
  }
  if (has(phoneWords) && !list.some((word) => aboutPhone.has(word))) return 'phone';
  if (list.includes('nir') || list.includes('ssn') || /num(ero)?_?(de_?)?secu/i.test(column)) return 'nir';
  if (list.includes('iban')) return 'iban';
  if (has(bankWords)) return null;
  if (has(loyaltyWords) && has(numberWords)) return 'loyalty_number';
  if (has(customerWords) && has(numberWords)) return 'customer_id';
  if (list.some((word) => ['login', 'username', 'pseudo', 'nickname'].includes(word)) && list.length <= 2)
    return 'login';
  if (list.includes('user') && list.includes('name')) return 'login';
  return list.length > 1 && (list.at(-1) === 'par' || list.at(-1) === 'by') ? 'login' : null;
}

const aboutEmail = words(`optin opt optout ok valid verified verifie confirmed consent template subject body objet sujet
  corps type status statut count date sent hash domain domaine format server campaign campagne newsletter`);
const aboutPhone =
  words(`type os model modele brand marque status statut verified optin opt ok consent code prefix indicatif
  extension country rate`);
