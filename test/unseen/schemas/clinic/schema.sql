-- A clinic's record of patients as a French publisher makes it: capitals without quotes in the publisher's mind, IPP and NDA as text
-- beside technical numbers, some constraints, many not, and reports as free text.
create table "ETABLISSEMENT" ("FINESS" char(9) primary key, "RAISON_SOC" varchar(80) not null, "TEL_STANDARD" varchar(20), "MAIL_DIM" varchar(80));
create table "UF" ("CODE_UF" varchar(4) primary key, "LIBELLE" varchar(60) not null, "RPPS_RESP" char(11));
create table "MEDECIN" (
  "RPPS" char(11) primary key, "NOM" varchar(40) not null, "PRENOM" varchar(40), "SPECIALITE" varchar(40), "TEL" varchar(20), "MAIL_MSSANTE" varchar(80), "MAIL" varchar(80), "EXTERNE" char(1) not null default 'N', "ADR_CABINET" varchar(120));
create table "AGENT" ("CODE_AGENT" varchar(10) primary key, "NOM" varchar(40), "PRENOM" varchar(40), "FONCTION" varchar(40), "MAIL" varchar(80), "CODE_UF" varchar(4));
create table "PATIENT" (
  "IPP" varchar(10) primary key, "NOM_NAISSANCE" varchar(60) not null, "NOM_USAGE" varchar(60), "PRENOM1" varchar(60) not null, "PRENOMS" varchar(120), "SEXE" char(1), "DDN" date, "COMMUNE_NAISS" varchar(60), "INSEE_NAISS" char(5),
  "NIR" varchar(15), "INS_MAT" varchar(15), "INS_OID" varchar(30), "ADRESSE" varchar(160), "CP" varchar(5), "VILLE" varchar(60), "TEL_DOM" varchar(20), "TEL_PORT" varchar(20), "MAIL" varchar(80), "PROFESSION" varchar(60),
  "SITUATION" varchar(20), "NATIONALITE" varchar(20), "CULTE" varchar(20), "GROUPE_SANG" varchar(4), "ALLERGIES" varchar(400), "ATCD" text, "RPPS_TRAITANT" char(11) references "MEDECIN" ("RPPS"), "RPPS_ADRESSEUR" char(11),
  "COD_CAISSE" varchar(9), "MUTUELLE" varchar(60), "NUM_ADH_MUT" varchar(20), "DECEDE" char(1) not null default 'N', "IPP_MERE" varchar(10), "CREE_PAR" varchar(10), "DT_CREATION" timestamp, "VIP" char(1) default 'N');
create index "PATIENT_NIR" on "PATIENT" ("NIR");
create table "PERSONNE_CONFIANCE" (
  "ID_PC" serial primary key, "IPP" varchar(10) not null references "PATIENT" ("IPP"), "NOM" varchar(60), "PRENOM" varchar(60), "LIEN" varchar(30), "TEL" varchar(20), "MAIL" varchar(80), "ADRESSE" varchar(160), "DT_DESIGN" date, "TYPE" varchar(10) not null default 'CONF');
create table "SEJOUR" (
  "NDA" varchar(12) primary key, "IPP" varchar(10) not null references "PATIENT" ("IPP"), "DT_ENTREE" timestamp not null, "DT_SORTIE" timestamp, "MODE_ENTREE" char(1), "MODE_SORTIE" char(1), "MOTIF" varchar(200), "CODE_UF" varchar(4) references "UF" ("CODE_UF"),
  "CHAMBRE" varchar(6), "LIT" varchar(4), "RPPS_RESP" char(11) references "MEDECIN" ("RPPS"), "GHM" varchar(6), "CONFIDENTIEL" char(1) default 'N', "REGIME_REPAS" varchar(40), "SAISI_PAR" varchar(10));
create table "MOUVEMENT" ("NDA" varchar(12) not null, "NUM_MVT" smallint not null, "DT_MVT" timestamp, "CODE_UF" varchar(4), "CHAMBRE" varchar(6), "COMMENTAIRE" varchar(200), "SAISI_PAR" varchar(10), primary key ("NDA", "NUM_MVT"));
create table "DIAGNOSTIC" ("NDA" varchar(12) not null references "SEJOUR" ("NDA"), "RANG" smallint not null, "CIM10" varchar(6) not null, "TYPE_DIAG" char(2), "LIBELLE" varchar(120), primary key ("NDA", "RANG"));
create table "ACTE" (
  "ID_ACTE" bigserial primary key, "NDA" varchar(12) not null references "SEJOUR" ("NDA"), "CCAM" varchar(7) not null, "DT_ACTE" timestamp, "RPPS_EXEC" char(11) references "MEDECIN" ("RPPS"), "RPPS_ANESTH" char(11), "COTATION" numeric(8,2), "COMMENT_ACTE" varchar(400));
create table "COMPTE_RENDU" (
  "ID_CR" bigserial primary key, "NDA" varchar(12), "IPP" varchar(10), "TYPE_CR" varchar(20), "TITRE" varchar(120), "TEXTE" text, "RPPS_AUTEUR" char(11), "SECRETAIRE" varchar(10), "DT_CR" timestamp, "DT_VALID" timestamp, "DESTINATAIRES" varchar(400));
create table "PRESCRIPTION" ("ID_PRESC" bigserial primary key, "NDA" varchar(12) not null, "RPPS" char(11), "PRODUIT" varchar(120), "POSOLOGIE" varchar(200), "DT_DEB" date, "INFIRMIER" varchar(10));
create table "LABO_RES" ("ID_DOSSIER" varchar(14) not null, "CODE_ANA" varchar(10) not null, "IPP" varchar(10), "VALEUR" varchar(40), "UNITE" varchar(10), "COMMENT_BIO" varchar(200), "DT_RES" timestamp, primary key ("ID_DOSSIER", "CODE_ANA"));
create table "RDV" (
  "ID_RDV" uuid primary key default gen_random_uuid(), "IPP" varchar(10), "RPPS" char(11) references "MEDECIN" ("RPPS"), "DT_RDV" timestamp not null, "MOTIF_RDV" varchar(200), "NOM_PROV" varchar(60), "PRENOM_PROV" varchar(60), "TEL_PROV" varchar(20), "MAIL_PROV" varchar(80), "ETAT" varchar(10), "PRIS_PAR" varchar(10));
create table "FACTURE_SEJ" ("NUM_FACT" varchar(12) primary key, "NDA" varchar(12) not null references "SEJOUR" ("NDA"), "DT_FACT" date, "MONTANT_AMO" numeric(10,2), "MONTANT_AMC" numeric(10,2), "RESTE" numeric(10,2), "NOM_ASSURE" varchar(120), "NIR_ASSURE" varchar(15), "OBS" varchar(200));
create table "TRACE_ACCES" ("ID" bigserial primary key, "DT" timestamp, "CODE_AGENT" varchar(10), "IPP" varchar(10), "ACTION" varchar(20), "POSTE" varchar(30), "JUSTIF" varchar(200));
create table "MSG_HL7" ("ID_MSG" bigserial primary key, "DT" timestamp, "TYPE_MSG" varchar(10), "CONTENU" text, "ETAT" varchar(10));
