-- A sports federation and its clubs, written over twenty years by volunteers: French names, some keys, some only in somebody's head.
create table ligue (code_ligue char(3) primary key, libelle varchar(80) not null, courriel varchar(100));
create table club (id_club serial primary key, code_ligue char(3) references ligue, nom_club varchar(80) not null, adr_siege varchar(200), courriel_club varchar(100), tel_club varchar(20), rna varchar(10));
create table adherent (
  id_adh serial primary key, id_club int references club, civilite varchar(4), nom varchar(50) not null, nom_naiss varchar(50), prenom varchar(50) not null, dt_naiss date,
  lieu_naiss varchar(60), nationalite varchar(30), adr_rue varchar(120), adr_cp char(5), adr_ville varchar(60), tel_fixe varchar(20), tel_port varchar(20), courriel varchar(100),
  profession varchar(60), photo bytea, allergies varchar(200), dt_certif date, droit_image boolean, num_secu varchar(15), observations text, dt_creation timestamp, dt_maj timestamp);
create table responsable_legal (
  id_resp serial primary key, nom varchar(50), prenom varchar(50), lien varchar(20), tel varchar(20), courriel varchar(100), adresse varchar(200), autorise_soins boolean);
create table adherent_responsable (id_adh int not null references adherent, id_resp int not null references responsable_legal, primary key (id_adh, id_resp));
create table licence (
  num_licence varchar(12) primary key, id_adh int not null references adherent, saison char(9) not null, categorie varchar(20), type_licence varchar(20), medecin varchar(80), dt_validation date, surclassement varchar(20));
create table cotisation (
  id_cotis serial primary key, id_adh int not null references adherent, saison char(9), montant numeric(8,2), mode_regl varchar(10), num_cheque varchar(20), banque varchar(40),
  titulaire varchar(80), dt_regl date, saisi_par varchar(20));
create table recu_fiscal (no_recu varchar(15), annee smallint, id_adh int, donateur varchar(100), donateur_adresse varchar(200), montant numeric(10,2), dt_don date, signataire varchar(80));
create table bureau (id_club int not null references club, id_adh int not null references adherent, fonction varchar(40) not null, dt_debut date not null, dt_fin date, primary key (id_club, id_adh, fonction));
create table evenement (id_evt serial primary key, libelle varchar(100) not null, lieu varchar(100), dt_evt date, id_organisateur int references adherent, tel_contact varchar(20), description text);
create table inscription_evt (
  id_evt int not null references evenement, num_licence varchar(12) not null, nom_affiche varchar(100), courriel_contact varchar(100), taille_maillot varchar(4), regime_alim varchar(60), covoiturage varchar(200), montant numeric(8,2), primary key (id_evt, num_licence));
create table resultat (id_evt int not null references evenement, num_licence varchar(12) not null, rang smallint, temps interval, primary key (id_evt, num_licence));
create table sanction (id_sanction serial primary key, num_licence varchar(12) not null, dt_decision date, motif text, duree_jours int, prononcee_par varchar(80));
create table utilisateur (login varchar(20) primary key, mot_passe varchar(60) not null, id_adh int references adherent, profil varchar(20) not null, dern_cnx timestamp);
-- Filled by copy and paste from a spreadsheet.
create table liste_diffusion (liste varchar(30), courriel varchar(100), nom_complet varchar(100));
create table courrier_envoye (id serial primary key, dest varchar(100) not null, objet varchar(150), corps text, dt_envoi timestamp, envoye_par varchar(20));
