-- Personnel and payroll as an old package left them: capitals, eight-letter habits, a staff number as text everywhere, primary
-- keys at best and not one foreign key.
create table "SERVICE" ("CODE_SERVICE" varchar(6) primary key, "LIBELLE" varchar(60) not null, "MATRICULE_CHEF" varchar(8));
create table "SALARIE" (
  "MATRICULE" varchar(8) primary key, "CIVILITE" varchar(4), "NOM" varchar(40) not null, "NOM_JF" varchar(40), "PRENOM" varchar(40) not null,
  "DATE_NAISS" date, "LIEU_NAISS" varchar(60), "NIR" varchar(15), "NATIONALITE" varchar(3), "ADR1" varchar(80), "ADR2" varchar(80),
  "CP" varchar(5), "VILLE" varchar(60), "TEL_PERSO" varchar(20), "MAIL_PRO" varchar(80), "MAIL_PERSO" varchar(80), "IBAN" varchar(34),
  "BIC" varchar(11), "SIT_FAM" char(1), "NB_ENFANTS" smallint, "RQTH" char(1), "DATE_ENTREE" date not null, "DATE_SORTIE" date,
  "MOTIF_SORTIE" varchar(60), "CODE_SERVICE" varchar(6), "EMPLOI" varchar(60), "COEF" numeric(6,2), "MATRICULE_RESP" varchar(8),
  "LOGIN" varchar(20), "TAUX_PAS" numeric(4,1), "PERS_URGENCE" varchar(80), "TEL_URGENCE" varchar(20), "OBS" varchar(2000));
create table "ENFANT" ("MATRICULE" varchar(8) not null, "RANG" smallint not null, "PRENOM" varchar(40), "DATE_NAISS" date, primary key ("MATRICULE", "RANG"));
create table "RUBRIQUE" ("CODE_RUB" varchar(5) primary key, "LIBELLE" varchar(60) not null, "TAUX" numeric(7,4));
create table "BULLETIN_PAIE" (
  "NUM_BULLETIN" varchar(20) primary key, "MATRICULE" varchar(8) not null, "PERIODE" char(6) not null, "BRUT" numeric(10,2),
  "NET_IMPOSABLE" numeric(10,2), "NET_A_PAYER" numeric(10,2), "IBAN_VIREMENT" varchar(34), "LIB_EMPLOI" varchar(60),
  "COMMENTAIRE" varchar(400), "EDITE_PAR" varchar(20), "DATE_EDITION" timestamp);
create table "LIGNE_BULLETIN" (
  "NUM_BULLETIN" varchar(20) not null, "NUM_LIGNE" smallint not null, "CODE_RUB" varchar(5) not null, "LIBELLE" varchar(60),
  "BASE" numeric(10,2), "MONTANT" numeric(10,2), primary key ("NUM_BULLETIN", "NUM_LIGNE"));
create table "ABSENCE" (
  "ID_ABS" integer primary key, "MATRICULE" varchar(8) not null, "TYPE_ABS" varchar(4), "DATE_DEB" date, "DATE_FIN" date,
  "MOTIF" varchar(200), "VALIDE_PAR" varchar(8), "DATE_VALID" date, "COMM_VALIDEUR" varchar(200));
create table "EVALUATION" (
  "ID_EVAL" integer primary key, "MATRICULE" varchar(8) not null, "MATRICULE_EVAL" varchar(8), "ANNEE" smallint, "NOTE" smallint,
  "APPRECIATION" text, "OBJECTIFS" text, "COMM_SALARIE" text);
create table "CANDIDAT" (
  "ID_CAND" integer primary key, "NOM" varchar(40), "PRENOM" varchar(40), "EMAIL" varchar(80), "TEL" varchar(20), "ADRESSE" varchar(200),
  "CV_TEXTE" text, "POSTE_VISE" varchar(60), "MATRICULE_RECRUTEUR" varchar(8), "AVIS" varchar(400), "DATE_CAND" date, "STATUT" varchar(10));
-- No key at all: the screens delete and insert again.
create table "HABILITATION" ("LOGIN" varchar(20) not null, "PROFIL" varchar(20) not null, "DATE_DEB" date, "DATE_FIN" date, "ACCORDE_PAR" varchar(20));
create table "JOURNAL_CNX" ("ID" bigint, "LOGIN" varchar(20), "DATE_CNX" timestamp, "ADR_IP" varchar(15), "POSTE" varchar(30));
create table "STAGE_FORM" ("CODE_STAGE" varchar(8) primary key, "INTITULE" varchar(80), "ORGANISME" varchar(80), "CONTACT_ORG" varchar(80), "MAIL_ORG" varchar(80));
create table "INSCR_FORM" ("CODE_STAGE" varchar(8), "MATRICULE" varchar(8), "DATE_SESSION" date, "RESULTAT" varchar(20), "REMARQUE" varchar(200));
create table "PARAM" ("CODE" varchar(20) primary key, "VALEUR" varchar(200));
