/**
 * Reading names of tables and columns, in French and English, as people write them: `T_CLIENT`, `CLI_ID`, `dt_naiss`,
 * `shippingAddressId`, `"N° de téléphone"`. The dictionary decides categories; these words only tell keys, roles and
 * kinds of identifiers.
 */

/** `billingAddressID2` → billing, address, id: lower case, no accents, no digits, singular. */
export function wordsOf(name: string): readonly string[] {
  const known = wordsKnown.get(name);
  if (known !== undefined) return known;
  if (wordsKnown.size >= mostWordsKnown) wordsKnown.clear();
  const words = readWords(name);
  wordsKnown.set(name, words);
  return words;
}

/** Each name of a schema is read against every other one. */
const wordsKnown = new Map<string, readonly string[]>();
const mostWordsKnown = 20_000;

function readWords(name: string): readonly string[] {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
    .flatMap(cutGlued)
    .map(singular);
}

/**
 * `userid`, `useridfrom`, `itemtype`: words that packages write as one, cut where all of it is known words and one of
 * them says a key.
 */
const gluedWord =
  'user|customer|client|member|employee|item|course|order|account|person|contact|product|object|parent|entity|record|' +
  'context|group|company|supplier|student|patient|related|real|from|owner|author|creator|modifier|sender|recipient|id|type|to|by';
const isGlued = new RegExp(`^(?!identity$)(?=.*(?:id|type))(?:${gluedWord}){2,}$`);
const gluedParts = new RegExp(`(${gluedWord})(?=(?:${gluedWord})*$)`, 'g');

/** `customernumber`, `invnumber`; `invoiceno`, `orderref`. */
const gluedNumber =
  /^(.{2,}?)(number|numero)$|^(inv|invoice|ord|order|po|quo|quote|bill|batch|voucher|receipt|cheque|contract|policy|fact|facture|commande|cmd|devis|customer|cust|client|employee|emp|dept)(no|nr|num|ref|code)$/;

/** `managedby`, `lastupdatedby`, `saisipar`. */
const gluedActor =
  /^(?:last)?(\w+ed|written|taken|given|made|done|sent|cree|saisi|modifie|valide|supprime|maj)(by|par)$/;

/** `addressline`, `streetaddress`. */
const gluedAddress = /^(address|adresse|addr|street)(line|ligne|address)$/;

function cutGlued(word: string): readonly string[] {
  const [, street, line] = gluedAddress.exec(word) ?? [];
  if (street !== undefined && line !== undefined) return [street, line];
  const [, done, by] = gluedActor.exec(word) ?? [];
  if (done !== undefined && by !== undefined) return [done, by];
  if (isGlued.test(word)) return word.match(gluedParts) ?? [word];
  const [, head, number, noun, key] = gluedNumber.exec(word) ?? [];
  return head === undefined && noun === undefined ? [word] : [head ?? noun ?? '', number ?? key ?? ''];
}

function singular(word: string): string {
  // Initials (RPPS, CMS) have no plural.
  if (!/[aeiouy]/.test(word)) return word;
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
  wordList(`customer client clientele buyer acheteur user utilisateur usager member membre adherent subscriber
  abonne person personne people individu individual contact prospect lead account compte patient candidate candidat
  applicant guest visitor visiteur passenger passager student etudiant eleve donor donateur beneficiary beneficiaire
  tenant locataire owner proprietaire holder titulaire citizen citoyen assure insured policyholder voter recipient
  destinataire attendee participant player joueur partner partenaire tiers licencie benevole volunteer borrower emprunteur
  reader lecteur resident residente pupil apprenti stagiaire trainee souscripteur affilie allocataire demandeur pensionnaire
  foyer cotisant electeur contribuable`);

const staff =
  wordList(`employee employe salarie staff personnel agent advisor adviser conseiller vendeur seller salesman
  salesperson salesrep rep representative manager technician technicien operator operateur admin administrator
  administrateur driver chauffeur livreur courier doctor medecin nurse teacher professeur worker collaborateur gestionnaire
  formateur instructor enseignant secretaire vet veterinarian veterinaire`);

/** Nouns of who works for a house. */
export const staffNouns: ReadonlySet<string> = staff;

const others =
  wordList(`contact beneficiary beneficiaire child enfant dependent dependant guest invite passenger passager
  companion accompagnant spouse conjoint friend ami referral filleul relative proche attendee participant`);

/** Things and organisations that many rows share, whatever telephone or street they show. */
const shared =
  wordList(`store shop magasin boutique shipper carrier transporteur supplier fournisseur vendor warehouse entrepot
  company compagnie societe entreprise organisation organization agency agence branch site brand marque product produit
  article item category categorie country pays city ville commune region state currency department departement office
  bureau hotel restaurant clinic hospital hopital school ecole bank publisher editeur airline airport station depot
  relay relais property channel campaign campagne service track album artist genre title movie film book event evenement`);

/** What belongs to a house rather than to the person who keeps it. */
const organisations =
  wordList(`company compagnie societe entreprise organisation organization workspace espace team equipe
  agency agence etablissement establishment association club federation`);

/** An account, as opposed to the customer or the member that it serves. */
const accounts = wordList(`user utilisateur account compte`);

/** Words of a list, as `wordsOf` gives them. */
export function wordList(list: string): ReadonlySet<string> {
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

/** Whether any word means persons: customers, staff… */
export function namesAnyPerson(name: string): boolean {
  return wordsOf(name).some((word) => persons.has(word) || staff.has(word));
}

export function namesShared(table: string): boolean {
  if (namesPersons(table) !== null) return false;
  const list = tableWords(table);
  return isIn(shared, list.at(-1)) || (list.length === 1 && isIn(shared, list[0]));
}

const approaches = wordList(
  `lead prospect contact visitor visiteur guest subscriber abonne candidate candidat applicant request demande`,
);

/** A table that holds a person as often as they came near: leads, visits, applications. */
export function namesApproach(table: string): boolean {
  return tableWords(table).some((word) => approaches.has(word));
}

const contactPoints =
  wordList(`email mail courriel phone telephone tel contact coordonnee login identifier identity identite
  credential auth newsletter subscription abonnement`);

/** A table of its own for e-mails or telephones of persons: `client_email`, `person_phone`. */
export function namesContactPoint(table: string): boolean {
  return tableWords(table).some((word) => contactPoints.has(word));
}

export function namesStaff(name: string): boolean {
  return tableWords(name).some((word) => staff.has(word));
}

/** A child, a guest, a contact: someone beside the person the row points to. */
export function namesOthers(table: string): boolean {
  return tableWords(table).some((word) => others.has(word));
}

const notes = wordList(`note remarque remark memo annotation observation log journal history historique trace audit`);

/** A table of what staff write down about things, as opposed to what people say to each other. */
export function namesNote(table: string): boolean {
  return tableWords(table).some((word) => notes.has(word));
}

const speech =
  wordList(`comment commentaire message post review reply answer reponse question topic thread discussion avi
  avis feedback testimonial temoignage publication followup solution`);

/** Where people speak, and what they say is theirs, whoever they are. */
export function namesSpeech(table: string): boolean {
  return tableWords(table).some((word) => speech.has(word));
}

const houses = wordList(`gl ledger entry ecriture vendor supplier fournisseur article blog page content news faq vacancy
  offer offre annonce product produit project projet campaign campagne budget asset stock inventory inventaire purchase achat`);
const employment = wordList(
  `bulletin paie payroll salary salaire contract contrat leave conge bonus prime remuneration`,
);

/** What a house keeps, whoever of its staff looks after it: its ledger, its articles, its vacancies, its documents. */
export function namesHouseThing(table: string): boolean {
  const list = tableWords(table);
  return list.some((word) => houses.has(word)) || (namesDocument(table) && !list.some((word) => employment.has(word)));
}

const notices = wordList(`notification notice alert alerte reminder rappel`);

/** What an application tells somebody, in its own words. */
export function namesNotice(table: string): boolean {
  return tableWords(table).some((word) => notices.has(word));
}

export function namesOrganisation(table: string): boolean {
  return isIn(organisations, tableWords(table).at(-1));
}

/** `users`, `auth_user`, `compte`: an account rather than a person by trade. */
export function namesAccount(table: string): boolean {
  return isIn(accounts, tableWords(table).at(-1));
}

/** Where somebody signs in: the account of an employee is the employee. */
export function namesUser(table: string): boolean {
  return ['user', 'utilisateur'].includes(tableWords(table).at(-1) ?? '');
}

const nameWords = wordList(`name nom firstname lastname prenom surname forename fullname patronyme familyname givenname
  fname lname nomcomplet civilite`);
const streetWords = wordList(`address addresse adresse adr addr street rue voie road line ligne house building batiment
  residence complement apartment appartement lieudit`);
const secretWords = wordList(
  `password passwd pwd mdp motdepasse token secret hash salt session sid sessid cookie ip fingerprint otp`,
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

const keysToWords = wordList('password passwd pwd mdp motdepasse token secret otp');

/** What lets somebody in: a password, a token. */
export function namesKeyTo(column: string): boolean {
  return wordsOf(column).some((word) => keysToWords.has(word));
}

const ownTextWords = wordList(`postal postcode zip zipcode cp insee slug permalink handle nickname pseudo`);

/** What says where somebody lives, or is made of their name, though it looks like a code: a postal code, a slug. */
export function namesOwnText(column: string): boolean {
  return wordsOf(column).some((word) => ownTextWords.has(word));
}

const outsideWords = wordList('identity external remote foreign account profile openid subject');

/** `social_account.uid`, `user_sso_identities.identity_id`: how another site calls the person. */
export function namesOutsideAccount(table: string, column: string): boolean {
  if (!/social|oauth|openid|identit|account|sso|federat/i.test(table)) return false;
  const list = wordsOf(column);
  const isOutside = list.some((word) => outsideWords.has(word)) && list.some((word) => keyWords.has(word));
  return list.includes('uid') || list.includes('sub') || isOutside;
}

const renderings = wordList(`repr representation display summary resume description message detail`);

/** What a log shows of the thing that it is about. */
export function namesRendering(column: string): boolean {
  return wordsOf(column).some((word) => renderings.has(word));
}

const documentTable =
  /order|command|propal|invoic|factur|avoir|devis|quot|bill|receipt|recu|ticket|move|pay|paiem|reglement|quittance|deliver|livrais|ship|exped|bulletin|sale|vente|purchas|achat|transact|book|reserv|claim|sinistr|contra|polic/i;

/** An invoice, an order, a quote: whoever typed it, it is of whom it is for. */
export function namesDocument(table: string): boolean {
  return documentTable.test(table);
}

const codeWords =
  wordList(`status statut state etat type kind currency devise locale lang language langue code level niveau
  tier unit unite mode channel canal priority priorite origin source`);

/** A short code that runs the application: a status, a currency. */
export function namesCode(column: string): boolean {
  return wordsOf(column).some((word) => codeWords.has(word));
}

const emailWords = wordList(`email mail courriel mel emailaddress mailaddress`);
const phoneWords = wordList(
  `phone tel telephone mobile portable gsm cell cellphone phonenumber telephonenumber msisdn`,
);
const loyaltyWords = wordList(`loyalty fidelity fidelite fid card carte adherent membership`);
const customerWords = wordList(`customer client cli cust adherent member membre account compte user subscriber abonne`);
const bankWords = wordList(`bank bancaire banque credit debit bleue cb payment paiement pan ccn cvv bic rib`);
const numberWords = wordList(`number num numero no nr code ref reference id identifiant identifier`);

/** The kind of identifier a column of texts or numbers holds, by its name; null when it holds none. */
export function identityKindOf(column: string): string | null {
  const list = wordsOf(column);
  const has = (set: ReadonlySet<string>): boolean => list.some((word) => set.has(word));
  if (has(emailWords) || /email/i.test(column)) {
    // `email_address_id` points to a row; `email_id` may, or be an address: `deduceIdentities` looks at the table.
    if (list.some((word) => rowKeyWords.has(word))) return null;
    return list.some((word) => aboutEmail.has(word)) || emailSettings.has(list.at(-1) ?? '') ? null : 'email';
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

const rowKeyWords: ReadonlySet<string> = new Set(['id', 'uid', 'uuid', 'guid', 'oid', 'fk', 'pk', 'key']);

/** `email_id`, in a schema without rows of e-mails: an address as often as not. */
export function mayBeAddress(column: string): boolean {
  const list = wordsOf(column);
  return list.length === 2 && list.includes('id') && list.some((word) => emailWords.has(word));
}

const aboutEmail =
  wordList(`optin opt optout ok valid verified verifie confirmed consent template subject body objet sujet
  corps type status statut count date sent hash domain domaine format server campaign campagne newsletter host port folder queue list provider service`);
/** `mail_notification`, as opposed to `notification_mail`. */
const emailSettings = wordList('notification preference frequency frequence digest signature footer alert alerte');
const aboutPhone =
  wordList(`type os model modele brand marque status statut verified optin opt ok consent code prefix indicatif
  extension country rate`);
