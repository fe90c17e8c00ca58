/**
 * The words that people put in the names of tables and columns, in French and in English, whole and abbreviated,
 * grouped by what they mean (a *concept*). Accents are gone and everything is in lower case here; plurals are folded
 * by the tokeniser. One word may have several meanings: the rules decide by company.
 */
const concepts = {
  // Names of a person
  name: 'name nom nm nme naam lbnom',
  firstname: 'firstname fname prenom pren prn prnm forename givenname prenomusuel',
  lastname: 'ename empname lastname lname surname patronyme patronymique familyname nomfamille lname',
  first: 'first given premier',
  last: 'epoux last family famille usage usuel epouse marital dernier',
  middle: 'middle middlename mname deuxieme',
  maiden: 'maiden jf jeunefille',
  full: 'full fullname complet',
  nickname: 'nickname nick pseudo pseudonyme alias surnom screenname displayname phonetic',
  initials: 'initials initiales',
  civility: 'civilite civ civility salutation honorific courtesy titlecourtesy politesse',
  title: 'title titre',
  suffix: 'suffix',
  display: 'display affiche affichage',
  signature: 'signature',
  photo: 'photo picture avatar portrait trombinoscope headshot selfie',
  // About a person
  gender: 'gender sexe sex',
  genre: 'genre',
  birth:
    'dnais datnais dtnais lieunais naissance naiss nais birth born birthdate birthday bday dob ddn anniversaire birthplace datenaiss dnaiss dtnaiss',
  death: 'deces death deceased dod decede',
  age: 'age',
  marital: 'fam matrimonial matrimoniale marital marriage mariage familiale relationship',
  nationality: 'nationality nationalite citizenship citoyennete',
  nir: 'nir ssn nss niss secu nino sin securitesociale numsecu',
  social: 'social sociale',
  security: 'security securite',
  passport: 'passport passeport',
  licence: 'licence permis license driverlicense',
  nationalid: 'cni nationalid dni cpf curp nationalidnumber idcard nif',
  national: 'national nationale',
  siret: 'siret siren',
  tax: 'taxvat tax fiscal fiscale vat tva taxe',
  plate: 'immatriculation immat plate registrationnumber licenseplate',
  vehicle: 'vehicle vehicule car voiture vin',
  matricule: 'matricule badge employeenumber staffnumber',
  loyalty: 'loyalty fidelite fid membership rewards',
  // How to reach them
  email: 'email mail courriel mel emailaddress emails adressemail adressemel mails',
  phone:
    'phone tel telephone tlf mobile portable gsm cell cellular cellphone fax telecopie telecopieur telfixe msisdn phonenumber landline homephone workphone teleph telp mob whatsapp',
  port: 'port',
  fixe: 'fixe',
  contactpoint: 'coordonnees',
  // Where they are
  address: 'address addr adr adresse adrs add adresses addressline street rue voie road residence domicile',
  addresspart:
    'building batiment bldg apartment appt appartement apt etage floor complement compl lieudit house housenumber flat suite escalier bp cedex',
  postal: 'postal zip cp postcode zipcode codepostal plz postalcode codpost cpost codepost',
  city: 'city ville town commune localite municipality vil locality suburb',
  region: 'region province county canton departement district prefecture',
  state: 'state etat',
  country: 'country pays countrycode codepays',
  geo: 'latitude lat longitude lng lon gps geolocation geoloc coordinates geolocalisation',
  location: 'location lieu localisation place',
  line: 'line ligne lig',
  // Bank
  iban: 'iban',
  rib: 'rib',
  bic: 'bic swift',
  bank: 'bank banque bancaire bankaccount banking',
  account: 'acc account compte acct cpte cpt',
  card: 'card carte cb creditcard cc paymentcard cartebancaire',
  pan: 'ccn pan cardnumber ccnumber numcb creditcardnumber numerocarte cardno',
  cvv: 'cvv cvc csc cryptogramme cvn',
  expiry: 'expiry expiration expire exp expires validite expmonth expyear',
  holder: 'holder titulaire porteur cardholder accountholder',
  mandate: 'prelevement mandate mandat rum sepa',
  routing: 'routing sortcode guichet',
  income: 'income revenu revenus solvency solvabilite wealth patrimoine',
  // Health, art. 9 and art. 10
  health:
    'allergen allergene health sante medical medicale diagnosis diagnostic diagnoses pathologie pathology illness maladie disease symptom symptome symptoms allergy allergie allergies blood sanguin sang treatment traitement medication medicament medications prescription ordonnance pregnancy grossesse pregnant enceinte handicap disability rqth vaccine vaccin vaccination antecedent antecedents surgery chirurgie hospitalisation smoker fumeur tabac alcool alcohol bmi imc rhesus diabetes dosage posologie invalidite inaptitude cim icd anamnese therapy comorbidity hba',
  body: 'weight poids height taille bloodpressure temperature pulse tension',
  faith: 'religion religious religieuse faith confession baptism culte',
  ethnicity: 'ethnicity ethnic ethnie race racial origin origine origines',
  politics: 'political politique party parti',
  union: 'syndicat syndicale syndical tradeunion',
  sexuality: 'sexuality sexual sexuelle orientation',
  opinion: 'opinion opinions croyance croyances belief beliefs',
  biometric: 'biometric biometrique fingerprint faceprint iris empreinte genetic genetique adn dna',
  conviction: 'conviction convictions criminal casier judiciaire condamnation offence infraction arrest',
  // Online
  ip: 'forwarded ip ipaddress ipaddr ipv adresseip remoteip remoteaddr ipadress',
  agent: 'useragent browser navigateur ua',
  cookie: 'anonymous cookie visitorid trackingid gaid idfa idfv advertisingid',
  session: 'session sess sessionid',
  device: 'device appareil terminal imei udid macaddress mac imsi',
  login: 'login username userlogin logon identifiant userid loginname nicename upn samaccountname',
  password: 'password passwd pwd pass mdp motdepasse passphrase passcode pin userpass',
  secret: 'digest crypted secret salt sel hash otp totp recovery',
  token: 'token jwt apikey refreshtoken',
  website: 'website webpage siteweb homepage blog web site url urls link uri href',
  network:
    'facebook twitter linkedin instagram skype github google slack messenger tiktok youtube viber telegram icq aim msn yahoo discord jabber googleplus twitch',
  referer: 'referer referrer refering',
  // Tastes and choices
  newsletter: 'newsletter infolettre mailinglist emailing',
  consent:
    'consent consentement optin optout gdpr rgpd unsubscribe unsubscribed desabonne contactable nospam nopub sollicitation prospection',
  opt: 'opt',
  preference:
    'preference preferences prefs preferred favorite favourite favori interest interests interet hobbies hobby loisirs wish likes gout',
  language: 'language langue lang locale langcode',
  timezone: 'timezone tz fuseau',
  // Work
  job: 'vise function job occupation profession metier fonction poste jobtitle emploi designation csp qualification',
  company:
    'company societe employer employeur entreprise workplace raison companyname organisation organization institution raisonsociale etablissement enterprise',
  salary:
    'sal salarial salariale salary salaire wage wages pay paie remuneration bonus prime compensation payrate commission brut',
  hire: 'employment hire hired hiredate embauche hiring seniority anciennete terminated termination sortie',
  department: 'department dept service division unit',
  absence: 'absence absences leave conge conges sick arret maternite vacation vacationhours sickleave',
  education:
    'education diploma diplome diplomes degree formation cv resume curriculum skill skills competence competences',
  evaluation: 'evaluation appraisal performance notation sanction avertissement disciplinary grade echelon coefficient',
  // Free text
  note: 'appreciation appreciations note notes comment comments commentaire commentaires remarque remarques remark remarks observation observations memo annotation obs',
  bio: 'bio biography biographie about apropos motto',
  description: 'description descriptif descr desc details detail motif reason raison complaint reclamation',
  message:
    'reponse answer smallmessage fullmessage message body content contenu texte text msg corps question feedback response',
  payload:
    'attribute attribut payload data value valeur meta metadata extra attributes properties json context raw params custom changes oldvalue newvalue',
  subject: 'subject objet sujet',
  // What makes a row work
  id: 'id ident identifier uid uuid guid oid pk fk key cle clef rowid idx',
  code: 'code cod cd',
  number: 'number num numero no nr nbr n',
  type: 'type typ kind sort nature category categorie class classe group groupe mode',
  status:
    'envoye status statut etat stat active actif enabled disabled inactive archived deleted supprime valid valide verified verifie confirmed checked approved blocked bloque locked is has can est flag ind indicateur indicator bool yn current required visible hidden show hide public default allow notify',
  count:
    'count nb nombre total qty quantity quantite cpt_nb counter attempts tries max min level niveau rank rang score points position order ordre sequence version length size duration',
  when: 'date dt dat time heure timestamp at on year month day annee mois jour created updated modified creation modification maj expires since depuis until debut fin start end begin last_seen',
  amount:
    'amount montant price prix cost cout rate taux fee discount remise balance solde currency devise credit debit ttc ht',
  label: 'label libelle lib lbl intitule slug caption designationproduit wording',
  template: 'template modele format sent send bounce bounced from smtp server serveur host',
  // Where an address or a name is used
  use: 'dom trav billing bill shipping ship delivery deliver livraison liv livre facturation fact home work business pro perso personal private personnel professionnel mailing main primary principal secondary secondaire other autre alt alternate alternative additional emergency urgence to de du des la le les of the and et d l a en pour by par',
  // Persons, as nouns
  customer:
    'customer client cli clt cust buyer acheteur shopper consumer consommateur subscriber abonne prospect lead guest purchaser cliente debtor debiteur clients invite donneur',
  user: 'user utilisateur usr member membre adherent adh participant inscrit visitor visiteur player joueur usager util webuser admin administrator administrateur',
  employee:
    'agent resp employee emp salarie staff collaborateur worker vendeur salesperson salesman technician technicien driver chauffeur conducteur teacher enseignant professeur prof formateur instructor doctor medecin physician nurse infirmier infirmiere praticien practitioner candidate candidat applicant manager commercial consultant operateur operator interimaire stagiaire intern responsable assistant caissier cashier courier livreur representative rep supervisor conseiller employe',
  patient: 'patient pat assure insured beneficiaire beneficiary policyholder souscripteur malade',
  person:
    'children person personne people individu individual resident locataire proprietaire owner pupil student etudiant eleve child enfant parent conjoint spouse partner citizen administre citoyen voter electeur donor donateur passenger passager traveler traveller voyageur borrower emprunteur lecteur reader societaire victim victime witness temoin lawyer avocat benevole volunteer recipient destinataire sender expediteur speaker attendee mother mere father pere tuteur guardian sibling actor author auteur crew athlete pers coureur licencie allocataire demandeur interlocuteur ayant referent kin convive heritier pilot tourist delegate learner apprenant creator commenter poster reviewer assignee requester reporter',
  contact: 'contact ctc contacts',
  profile: 'profile profil',
  // Things and events of a person, as nouns
  order:
    'order commande cmd purchase achat cart panier basket quote devis booking reservation rental location_voiture subscription abonnement checkout sale vente sales',
  invoice: 'invoice facture payment paiement reglement transaction refund avoir receipt creditmemo shipment bill',
  visit:
    'acces access visit visite login_history rendezvous appointment rdv consultation encounter stay sejour admission attendance pointage planning history historique log audit event evenement journal activity activite action click pageview stats tracking',
  ticket:
    'reclamation envoi ticket request demande case incident complaint claim sinistre call appel conversation chat thread reply support',
  review:
    'review avis rating vote enrollment enrolment inscription registration submission application candidature contract contrat policy police dossier file_patient follow',
  // Things that are nobody, as nouns
  product:
    'product produit article item catalog catalogue sku film movie book livre track album song artist artiste playlist media recipe plat menu dish model brand marque device_model hotel room chambre airport aeroport aircraft flight vol train vehicle_model medicine drug inventory stock warehouse entrepot asset equipement equipment composer compositeur game jeu course cours lesson module quiz exam matiere classroom programme program project projet',
  place:
    'school ecole university college lycee store magasin boutique shop outlet agence agency branch site_location hospital hopital school_place building_site office bureau venue stadium territory territoire',
  organisation:
    'supplier fournisseur fourn vendor seller manufacturer fabricant carrier transporteur shipper distributor distributeur tenant team equipe club association publisher editeur label_company partnercompany mutuelle insurer assureur',
  content:
    'post page forum topic board section cms block widget banner image document file fichier attachment folder report rapport tag taxonomy term keyword feed news survey poll campaign campagne segment list audience',
  technical:
    'field champ error erreur exception role permission setting settings config configuration parameter parametre param option variable plugin extension migration migrations cron queue schema translation traduction lookup referentiel ref enum dictionary nomenclature rule workflow hook zone unite status_list cache lock connector webhook endpoint integration feature privilege capability right droit environment theme currency_list shard',
} as const;

export type Concept = keyof typeof concepts;

const meanings = new Map<string, Set<Concept>>();
for (const [concept, words] of Object.entries(concepts) as [Concept, string][]) {
  for (const word of words.split(' ')) {
    const known = meanings.get(word) ?? new Set<Concept>();
    known.add(concept);
    meanings.set(word, known);
  }
}

/** What a word (lower case, no accents) may mean; an unknown plural is looked up as its singular. */
export function meaningsOf(word: string): ReadonlySet<Concept> {
  const direct = meanings.get(word);
  if (direct) return direct;
  for (const singular of singulars(word)) {
    const found = meanings.get(singular);
    if (found) return found;
  }
  return none;
}

export function isKnown(word: string): boolean {
  return meaningsOf(word).size > 0;
}

const none: ReadonlySet<Concept> = new Set();

function singulars(word: string): readonly string[] {
  if (word.length < 4) return [];
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`, word.slice(0, -1)];
  if (word.endsWith('es')) return [word.slice(0, -1), word.slice(0, -2)];
  if (word.endsWith('aux')) return [`${word.slice(0, -3)}al`, word.slice(0, -1)];
  if (word.endsWith('s') || word.endsWith('x')) return [word.slice(0, -1)];
  return [];
}
