-- Contracts and claims of a mutual insurer: one table of parties whose part is told by a link table, numbers as text, an outer
-- payments module, documents tied by a type and a number.
create schema sinistres;
create schema compta;
create table agence (code_agence char(4) primary key, libelle varchar(60) not null, adresse varchar(160), telephone varchar(20), email varchar(80));
create table gestionnaire (matricule char(6) primary key, nom varchar(60) not null, prenom varchar(60) not null, email varchar(80), poste varchar(40), code_agence char(4) references agence (code_agence));
create table tiers (
  id_tiers bigserial primary key, type_tiers char(2) not null check (type_tiers in ('PP', 'PM')), civilite varchar(4), nom varchar(80), prenom varchar(60), nom_naissance varchar(80), raison_sociale varchar(120), siren char(9),
  date_naissance date, lieu_naissance varchar(80), csp varchar(4), revenus_annuels numeric(12,2), situation_familiale varchar(12), num_permis varchar(15), ppe boolean not null default false, date_creation timestamp not null default now(), cree_par char(6) references gestionnaire (matricule),
  constraint tiers_nomme check (coalesce(nom, raison_sociale) is not null));
create table coordonnee (
  id_coordonnee bigserial primary key, id_tiers bigint not null references tiers (id_tiers), nature varchar(10) not null check (nature in ('EMAIL', 'MOBILE', 'FIXE', 'POSTALE')), valeur varchar(200) not null, principale boolean not null default true);
create table coordonnee_bancaire (id_rib bigserial primary key, id_tiers bigint not null references tiers (id_tiers), iban varchar(34) not null, bic varchar(11), titulaire varchar(120), mandat_sepa varchar(35), actif boolean not null default true);
create table produit (code_produit varchar(8) primary key, libelle varchar(80) not null);
create table contrat (
  num_contrat varchar(14) primary key, code_produit varchar(8) not null references produit (code_produit), id_souscripteur bigint not null references tiers (id_tiers), code_agence char(4) references agence (code_agence), date_effet date not null, date_resiliation date, motif_resiliation varchar(80),
  prime_annuelle numeric(10,2), adresse_risque varchar(200), immatriculation varchar(12), usage_declare varchar(80), clause_libre text, matricule_gestionnaire char(6) references gestionnaire (matricule));
create table contrat_assure (num_contrat varchar(14) not null references contrat (num_contrat), id_tiers bigint not null references tiers (id_tiers), qualite varchar(20) not null, bonus_malus numeric(3,2), questionnaire_sante jsonb, primary key (num_contrat, id_tiers));
create table clause_beneficiaire (id_clause bigserial primary key, num_contrat varchar(14) not null references contrat (num_contrat), rang smallint not null, id_beneficiaire bigint references tiers (id_tiers), texte varchar(400), quotite numeric(5,2));
create table quittance (num_quittance varchar(16) primary key, num_contrat varchar(14) not null references contrat (num_contrat), periode char(6), montant numeric(10,2), etat varchar(10), id_payeur bigint references tiers (id_tiers));
create table lcb_ft_controle (id bigserial primary key, id_tiers bigint not null, date_controle timestamp not null, resultat varchar(20), commentaire text, controleur char(6));
create table sinistres.expert (id_expert serial primary key, cabinet varchar(80), nom varchar(80), telephone varchar(20), email varchar(80), iban varchar(34));
create table sinistres.sinistre (
  num_sinistre varchar(14) primary key, num_contrat varchar(14) not null, date_survenance date not null, date_declaration date, id_declarant bigint, lieu varchar(160), circonstances text, nature varchar(20), taux_responsabilite smallint, id_expert int references sinistres.expert (id_expert), matricule_gestionnaire char(6), etat varchar(10));
create table sinistres.victime (id_victime bigserial primary key, num_sinistre varchar(14) not null references sinistres.sinistre (num_sinistre), id_tiers bigint, nom_complet varchar(120), telephone varchar(20), blessures text, taux_aipp numeric(4,1), nir varchar(15));
create table sinistres.expertise (id_expertise bigserial primary key, num_sinistre varchar(14) not null references sinistres.sinistre (num_sinistre), id_expert int not null references sinistres.expert (id_expert), date_visite timestamp, rapport text, montant_estime numeric(10,2));
create table sinistres.note_gestion (id_note bigserial primary key, num_sinistre varchar(14) not null, matricule_auteur char(6), date_note timestamp, texte text);
create table sinistres.piece (id_piece uuid primary key, type_objet varchar(20) not null, cle_objet varchar(20) not null, libelle varchar(120), nom_fichier varchar(200), mime varchar(80), deposee_par varchar(80), date_depot timestamp);
create table compta.reglement (
  id_reglement bigserial primary key, num_sinistre varchar(14), num_quittance varchar(16), sens char(1) not null, montant numeric(10,2) not null, date_reglement date, iban_beneficiaire varchar(34), nom_beneficiaire varchar(120), libelle_virement varchar(140), ref_bancaire varchar(35));
create table compta.journal_envoi (id bigserial primary key, canal varchar(10), destinataire varchar(200), modele varchar(40), variables jsonb, envoye_le timestamp);
