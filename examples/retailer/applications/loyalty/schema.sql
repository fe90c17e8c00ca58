-- The loyalty programme: brought over from an older system, with no foreign key, names in capitals and few comments.

create table "MAGASIN" (
  "CD_MAG" char(4) primary key,
  "ENSEIGNE" char(2) not null,
  "LIB_MAG" varchar(60) not null,
  "CP_MAG" char(5),
  "VILLE_MAG" varchar(60)
);

create table "ADHERENT" (
  "NO_ADH" integer primary key,
  "NO_CARTE" char(13) not null unique,
  "CIV" char(1),
  "NOM" varchar(40) not null,
  "NOM_JF" varchar(40),
  "PRENOM" varchar(40) not null,
  "DT_NAISS" date,
  "ADR1" varchar(60),
  "ADR2" varchar(60),
  "CP" char(5),
  "VILLE" varchar(60),
  "TEL_FIXE" varchar(20),
  "TEL_PORT" varchar(20),
  "EMAIL" varchar(120),
  "ENSEIGNE" char(2) not null,
  "MAG_CREA" char(4),
  "DT_CREA" date not null,
  "DT_DERN_PASS" date,
  "NB_PTS" integer not null default 0 check ("NB_PTS" >= 0),
  "OPT_EMAIL" char(1) not null default 'N' check ("OPT_EMAIL" in ('O', 'N')),
  "OPT_SMS" char(1) not null default 'N' check ("OPT_SMS" in ('O', 'N')),
  "COMMENTAIRE" varchar(200)
);
comment on column "ADHERENT"."NOM_JF" is 'Nom de jeune fille';
comment on column "ADHERENT"."OPT_EMAIL" is 'O/N : accepte la prospection par courriel';

create table "ANC_CARTE" (
  "NO_CARTE_ANC" char(13) not null,
  "NO_ADH" integer not null,
  "DT_REMPL" date not null,
  "MOTIF" varchar(30)
);

create table "PASSAGE_CAISSE" (
  "NO_PASS" bigint primary key,
  "NO_CARTE" char(13) not null,
  "CD_MAG" char(4) not null,
  "DT_PASS" timestamp not null,
  "NO_TICKET" varchar(20) not null,
  "MT_TTC" numeric(9, 2) not null,
  "NB_ART" smallint not null
);

create table "MVT_POINTS" (
  "NO_MVT" bigint primary key,
  "NO_ADH" integer not null,
  "DT_MVT" date not null,
  "NB_PTS" integer not null,
  "CD_MOTIF" char(3) not null,
  "LIB_MVT" varchar(80)
);

create table "COUPON" (
  "NO_COUPON" char(12) primary key,
  "NO_ADH" integer not null,
  "VAL_EUR" numeric(6, 2) not null,
  "DT_EMIS" date not null,
  "DT_FIN" date not null,
  "DT_UTIL" date,
  "MAIL_ENVOI" varchar(120)
);

create table "ENFANT" (
  "NO_ADH" integer not null,
  "PRENOM_ENF" varchar(40),
  "DT_NAISS_ENF" date
);
comment on table "ENFANT" is 'Enfants déclarés pour l’offre anniversaire ; sans clé';

create table "ENVOI_MAIL" (
  "NO_ENVOI" bigint primary key,
  "CD_CAMP" char(8) not null,
  "MAIL" varchar(120) not null,
  "DT_ENVOI" timestamp not null,
  "DT_OUV" timestamp
);
comment on table "ENVOI_MAIL" is 'Envois de campagnes, retrouvés par l’adresse seule';

-- Rows come here.
-- :rows

create index "ADHERENT_EMAIL" on "ADHERENT" (lower("EMAIL"));
create index "ADHERENT_NOM" on "ADHERENT" ("NOM", "PRENOM");
create index "ANC_CARTE_ADH" on "ANC_CARTE" ("NO_ADH");
create index "PASSAGE_CARTE" on "PASSAGE_CAISSE" ("NO_CARTE");
create index "MVT_ADH" on "MVT_POINTS" ("NO_ADH");
create index "COUPON_ADH" on "COUPON" ("NO_ADH");
create index "ENFANT_ADH" on "ENFANT" ("NO_ADH");
create index "ENVOI_MAIL_ADR" on "ENVOI_MAIL" (lower("MAIL"));
