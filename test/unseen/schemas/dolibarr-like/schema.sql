-- A management package in the manner of Dolibarr: llx_, rowid, third parties that are persons or companies, fk_user_* on every row.
-- Constraints where the package declares them, and none where it does not (events, contacts of a document, extra fields).
create table llx_user (
  rowid serial primary key, entity int not null default 1, admin smallint default 0, employee smallint default 1, login varchar(50) not null unique,
  pass_crypted varchar(128), gender varchar(10), civility varchar(6), lastname varchar(50), firstname varchar(50), address varchar(255), zip varchar(25),
  town varchar(50), birth date, job varchar(128), office_phone varchar(20), user_mobile varchar(20), email varchar(255), personal_email varchar(255),
  signature text, fk_soc int, fk_socpeople int, fk_user int, note_private text, datelastlogin timestamp, iplastlogin varchar(250), statut int default 1, datec timestamp);
create table llx_c_typent (id int primary key, code varchar(12) not null unique, libelle varchar(128), active smallint not null default 1);
create table llx_societe (
  rowid serial primary key, nom varchar(128), name_alias varchar(128), entity int not null default 1, ref_ext varchar(255), statut smallint default 0,
  status smallint default 1, code_client varchar(24), code_fournisseur varchar(24), code_compta varchar(24), address varchar(255), zip varchar(25), town varchar(50),
  fk_departement int, fk_pays int, phone varchar(20), phone_mobile varchar(20), email varchar(128), url varchar(255), socialnetworks text, fk_typent int references llx_c_typent (id),
  siren varchar(128), siret varchar(128), ape varchar(128), tva_intra varchar(20), capital double precision, note_private text, note_public text, client smallint default 0,
  fournisseur smallint default 0, barcode varchar(180), parent int, logo varchar(255), fk_user_creat int, fk_user_modif int, datec timestamp, tms timestamp not null default now(), import_key varchar(14));
create table llx_societe_extrafields (rowid serial primary key, tms timestamp not null default now(), fk_object int not null unique, import_key varchar(14), date_naissance date, num_allocataire varchar(32), parrain varchar(64));
create table llx_societe_rib (
  rowid serial primary key, type varchar(32) not null default 'ban', label varchar(200), fk_soc int not null, bank varchar(255), iban_prefix varchar(80), bic varchar(20),
  proprio varchar(60), owner_address text, rum varchar(32), date_rum date, stripe_card_ref varchar(128), last_four varchar(4), datec timestamp);
create table llx_societe_commerciaux (rowid serial primary key, fk_soc int not null, fk_user int not null, unique (fk_soc, fk_user));
create table llx_socpeople (
  rowid serial primary key, datec timestamp, fk_soc int references llx_societe (rowid), entity int not null default 1, civility varchar(6), lastname varchar(50),
  firstname varchar(50), address varchar(255), zip varchar(25), town varchar(255), birthday date, poste varchar(255), phone varchar(30), phone_perso varchar(30),
  phone_mobile varchar(30), email varchar(255), photo varchar(255), priv smallint not null default 0, fk_user_creat int references llx_user (rowid), fk_user_modif int, note_private text, note_public text, statut smallint not null default 1);
create table llx_propal (
  rowid serial primary key, ref varchar(30) not null unique, entity int not null default 1, ref_client varchar(255), fk_soc int references llx_societe (rowid), datec timestamp,
  fk_user_author int references llx_user (rowid), fk_user_valid int references llx_user (rowid), fk_statut smallint not null default 0, total_ttc double precision default 0,
  note_private text, note_public text, model_pdf varchar(255), last_main_doc varchar(255), online_sign_ip varchar(48), online_sign_name varchar(64));
create table llx_facture (
  rowid serial primary key, ref varchar(30) not null unique, entity int not null default 1, ref_client varchar(255), type smallint not null default 0, fk_soc int not null references llx_societe (rowid),
  datec timestamp, datef date, paye smallint not null default 0, total_ht double precision default 0, total_ttc double precision default 0, fk_statut smallint not null default 0,
  fk_user_author int references llx_user (rowid), fk_user_valid int references llx_user (rowid), fk_user_closing int, fk_account int, fk_mode_reglement int, note_private text, note_public text,
  model_pdf varchar(255), last_main_doc varchar(255), import_key varchar(14));
create table llx_facturedet (
  rowid serial primary key, fk_facture int not null references llx_facture (rowid), fk_product int, label varchar(255), description text, tva_tx double precision, qty double precision,
  subprice double precision, total_ttc double precision, rang int default 0, fk_user_author int, fk_user_modif int);
create table llx_paiement (
  rowid serial primary key, ref varchar(30), datec timestamp, datep timestamp, amount double precision default 0, fk_paiement int not null, num_paiement varchar(50), note text,
  ext_payment_id varchar(255), fk_bank int not null default 0, fk_user_creat int, fk_user_modif int, statut smallint not null default 0);
create table llx_paiement_facture (rowid serial primary key, fk_paiement int references llx_paiement (rowid), fk_facture int references llx_facture (rowid), amount double precision default 0);
create table llx_bank (
  rowid serial primary key, datec timestamp, datev date, amount double precision not null, label varchar(255), fk_account int, fk_user_author int, fk_type varchar(6), num_chq varchar(50), emetteur varchar(255), banque varchar(255));
create table llx_bank_url (rowid serial primary key, fk_bank int, url_id int, url varchar(255), label varchar(255), type varchar(24) not null);
create table llx_actioncomm (
  id serial primary key, ref varchar(30) not null, entity int not null default 1, datep timestamp, datep2 timestamp, fk_action int, code varchar(50), datec timestamp, fk_user_author int,
  fk_user_mod int, fk_project int, fk_soc int, fk_contact int, fk_parent int not null default 0, fk_user_action int, priority smallint, percent smallint not null default 0,
  location varchar(128), label varchar(255) not null, note text, email_subject varchar(255), email_msgid varchar(255), email_from varchar(255), email_sender varchar(255), email_to varchar(255), email_tocc varchar(255),
  fk_element int, elementtype varchar(255), ip varchar(250));
create table llx_actioncomm_resources (rowid serial primary key, fk_actioncomm int not null, element_type varchar(50) not null, fk_element int not null, answer_status varchar(50), mandatory smallint, transparency smallint default 1);
create table llx_c_type_contact (rowid serial primary key, element varchar(30) not null, source varchar(8) not null default 'external', code varchar(32) not null, libelle varchar(128) not null);
create table llx_element_contact (rowid serial primary key, datecreate timestamp, statut smallint default 5, element_id int not null, fk_c_type_contact int not null references llx_c_type_contact (rowid), fk_socpeople int not null);
create table llx_ecm_files (
  rowid serial primary key, ref varchar(128), label varchar(128) not null, entity int not null default 1, filepath varchar(255) not null, filename varchar(255) not null, src_object_type varchar(64),
  src_object_id int, description text, keywords varchar(750), fullpath_orig varchar(750), gen_or_uploaded varchar(12), date_c timestamp, fk_user_c int);
create table llx_mailing_cibles (
  rowid serial primary key, fk_mailing int not null, fk_contact int not null, lastname varchar(160), firstname varchar(160), email varchar(160) not null, other varchar(255), tag varchar(64),
  statut smallint not null default 0, source_url varchar(255), source_id int, source_type varchar(32), date_envoi timestamp);
create table llx_const (rowid serial primary key, name varchar(180) not null, entity int not null default 1, value text not null, type varchar(64) default 'string', note text);
create table llx_product (rowid serial primary key, ref varchar(128) not null unique, label varchar(255) not null, price double precision, fk_user_author int, fk_user_modif int);
create table llx_events (rowid serial primary key, type varchar(32) not null, dateevent timestamp, fk_user int, description varchar(250) not null, ip varchar(250), user_agent varchar(255));
