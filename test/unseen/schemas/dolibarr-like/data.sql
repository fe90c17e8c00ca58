-- Bérengère Aubouin (third party 61) is a person and a customer: contact 161 is herself, as the package makes one for a private
-- customer. 62 is her husband, at her address; 63 has her name; 64 is a company where she is also the contact 164. 70 is a supplier.
insert into llx_user (rowid, admin, login, pass_crypted, civility, lastname, firstname, job, office_phone, email, signature, note_private, iplastlogin, datec) values
  (1, 1, 'cgaudin', '$2y$c1', 'MME', 'Gaudin', 'Chantal', 'Gérante', '02 41 00 00 01', 'c.gaudin@chauffage-gaudin.example', 'Chantal Gaudin', null, '10.0.0.1', '2015-01-01'),
  (2, 0, 'tmorvan', '$2y$c2', 'MR', 'Morvan', 'Tristan', 'Commercial', '02 41 00 00 02', 't.morvan@chauffage-gaudin.example', 'Tristan Morvan', null, '10.0.0.2', '2018-01-01');
insert into llx_c_typent values (1, 'TE_STARTUP', 'Start-up', 1), (4, 'TE_SMALL', 'TPE', 1), (8, 'TE_PRIVATE', 'Particulier', 1);
insert into llx_societe (rowid, nom, name_alias, client, fournisseur, code_client, code_fournisseur, code_compta, address, zip, town, fk_pays, phone, phone_mobile, email, url, socialnetworks, fk_typent, siren, siret, tva_intra, note_private, note_public, fk_user_creat, fk_user_modif, datec) values
  (61, 'AUBOUIN Bérengère', null, 1, 0, 'CU2003-00061', null, '411AUBOUIN', '5 impasse des Tilleuls', '49000', 'Angers', 1, '02 41 61 61 61', '06 61 61 61 61', 'berengere.aubouin@courriel.example', null, '{"facebook":"berengere.aubouin.49"}', 8, null, null, null, 'Chien méchant, appeler avant. Impayé en 2021 (divorce).', 'Portail vert', 2, 1, '2020-03-01'),
  (62, 'AUBOUIN Hervé', null, 1, 0, 'CU2104-00062', null, '411AUBOUI2', '5 impasse des Tilleuls', '49000', 'Angers', 1, '02 41 61 61 61', '06 62 62 62 62', 'herve.aubouin@courriel.example', null, null, 8, null, null, null, 'Aime payer comptant', null, 2, 2, '2021-04-01'),
  (63, 'AUBOUIN Bérengère', null, 1, 0, 'CU2205-00063', null, '411AUBOUI3', '18 rue Nationale', '37000', 'Tours', 1, '02 47 63 63 63', null, 'b.aubouin@tours.example', null, null, 8, null, null, null, 'Cliente fidèle', null, 2, 2, '2022-05-01'),
  (64, 'Syndic des Tilleuls', 'SYNTIL', 1, 0, 'CU1901-00064', null, '411SYNTIL', '1 impasse des Tilleuls', '49000', 'Angers', 1, '02 41 64 64 64', null, 'contact@syndic-tilleuls.example', 'https://syndic-tilleuls.example', null, 4, '552100554', '55210055400013', 'FR12552100554', 'Paie à 60 jours', null, 1, 1, '2019-01-01'),
  (70, 'Brûleurs Delmas SARL', null, 0, 1, null, 'SU1901-00070', '401DELMAS', '12 ZA Nord', '44000', 'Nantes', 1, '02 40 70 70 70', null, 'commandes@delmas.example', null, null, 4, '552100999', '55210099900013', null, null, null, 1, 1, '2019-01-01');
insert into llx_societe_extrafields (rowid, fk_object, date_naissance, num_allocataire, parrain) values (1, 61, '1976-09-14', 'CAF 4961610', 'Mme Ribot'), (2, 62, '1974-01-02', 'CAF 4962620', null), (3, 64, null, null, 'Ville d’Angers');
insert into llx_societe_rib (rowid, label, fk_soc, bank, iban_prefix, bic, proprio, owner_address, rum, date_rum) values
  (1, 'Compte joint', 61, 'Crédit de l’Ouest', 'FR7610278000610000000006161', 'CMCIFR2A', 'Mme B. AUBOUIN', '5 impasse des Tilleuls 49000 Angers', 'RUM-CU2003-00061', '2020-03-01'),
  (2, 'RIB', 62, 'Crédit de l’Ouest', 'FR7610278000620000000006262', 'CMCIFR2A', 'M. H. AUBOUIN', '5 impasse des Tilleuls 49000 Angers', 'RUM-CU2104-00062', '2021-04-01'),
  (3, 'RIB', 64, 'Banque de Loire', 'FR7610278000640000000006464', 'CMCIFR2A', 'Syndic des Tilleuls', null, 'RUM-CU1901-00064', '2019-01-01');
insert into llx_societe_commerciaux values (1, 61, 2), (2, 62, 2), (3, 64, 1);
insert into llx_socpeople (rowid, fk_soc, civility, lastname, firstname, address, zip, town, birthday, poste, phone, phone_perso, phone_mobile, email, fk_user_creat, note_private) values
  (161, 61, 'MME', 'Aubouin', 'Bérengère', '5 impasse des Tilleuls', '49000', 'Angers', '1976-09-14', null, null, '02 41 61 61 61', '06 61 61 61 61', 'berengere.aubouin@courriel.example', 2, 'Malentendante'),
  (162, 62, 'MR', 'Aubouin', 'Hervé', '5 impasse des Tilleuls', '49000', 'Angers', null, null, null, null, '06 62 62 62 62', 'herve.aubouin@courriel.example', 2, null),
  (164, 64, 'MME', 'Aubouin', 'Bérengère', null, null, null, null, 'Présidente du conseil', null, null, '06 61 61 61 61', 'Berengere.Aubouin@courriel.example', 1, 'Décide seule'),
  (165, 64, 'MR', 'Poupard', 'Gilles', null, null, null, null, 'Gardien', '02 41 64 64 65', null, null, 'gardien@syndic-tilleuls.example', 1, null);
insert into llx_propal (rowid, ref, ref_client, fk_soc, datec, fk_user_author, fk_user_valid, fk_statut, total_ttc, note_private, note_public, last_main_doc, online_sign_ip, online_sign_name) values
  (10, 'PR2003-0010', 'Chaudière Mme Aubouin', 61, '2020-03-02', 2, 1, 2, 4200, 'Négocie dur', 'Devis pour Mme Aubouin', 'propale/PR2003-0010/PR2003-0010.pdf', '90.1.61.61', 'Bérengère Aubouin'),
  (11, 'PR2104-0011', null, 62, '2021-04-02', 2, 1, 2, 300, null, null, 'propale/PR2104-0011/PR2104-0011.pdf', '90.1.62.62', 'Hervé Aubouin');
insert into llx_facture (rowid, ref, ref_client, fk_soc, datec, datef, paye, total_ht, total_ttc, fk_statut, fk_user_author, fk_user_valid, note_private, note_public, last_main_doc) values
  (20, 'FA2003-0020', null, 61, '2020-03-20', '2020-03-20', 1, 3500, 4200, 2, 2, 1, 'Relancée deux fois', 'Pose chez Mme Aubouin, portail vert', 'facture/FA2003-0020/FA2003-0020.pdf'),
  (21, 'FA2104-0021', null, 62, '2021-04-20', '2021-04-20', 1, 250, 300, 2, 2, 1, null, 'Entretien', 'facture/FA2104-0021/FA2104-0021.pdf'),
  (22, 'FA2105-0022', 'OS 12', 64, '2021-05-20', '2021-05-20', 1, 1000, 1200, 2, 2, 1, null, 'Chaufferie', 'facture/FA2105-0022/FA2105-0022.pdf'),
  (23, 'FA2205-0023', null, 63, '2022-05-20', '2022-05-20', 0, 100, 120, 1, 2, 1, null, null, null);
insert into llx_facturedet (rowid, fk_facture, fk_product, label, description, tva_tx, qty, subprice, total_ttc, rang, fk_user_author) values
  (201, 20, 5, null, 'Chaudière à condensation', 20, 1, 3000, 3600, 1, 2), (202, 20, null, null, 'Adaptation pour personne malentendante (voyant)', 20, 1, 500, 600, 2, 2),
  (203, 21, null, null, 'Entretien annuel', 20, 1, 250, 300, 1, 2), (204, 22, null, null, 'Désembouage', 20, 1, 1000, 1200, 1, 2), (205, 23, null, null, 'Dépannage', 20, 1, 100, 120, 1, 2);
insert into llx_paiement (rowid, ref, datep, amount, fk_paiement, num_paiement, note, fk_bank, fk_user_creat) values
  (30, 'PAY2004-0030', '2020-04-01', 4200, 7, '0061616', 'Chèque remis par sa mère', 40, 1), (31, 'PAY2104-0031', '2021-04-25', 300, 7, '0062626', 'Au comptoir', 41, 1);
insert into llx_paiement_facture values (1, 30, 20, 4200), (2, 31, 21, 300);
insert into llx_bank (rowid, datec, datev, amount, label, fk_account, fk_user_author, fk_type, num_chq, emetteur, banque) values
  (40, '2020-04-01', '2020-04-03', 4200, '(CustomerInvoicePayment)', 1, 1, 'CHQ', '0061616', 'AUBOUIN Bérengère', 'Crédit de l’Ouest'), (41, '2021-04-25', '2021-04-27', 300, '(CustomerInvoicePayment)', 1, 1, 'CHQ', '0062626', 'AUBOUIN Hervé', 'Crédit de l’Ouest');
insert into llx_bank_url values
  (1, 40, 30, '/compta/paiement/card.php?id=', '(paiement)', 'payment'), (2, 40, 61, '/comm/card.php?socid=', 'AUBOUIN Bérengère', 'company'), (3, 41, 31, '/compta/paiement/card.php?id=', '(paiement)', 'payment'), (4, 41, 62, '/comm/card.php?socid=', 'AUBOUIN Hervé', 'company');
insert into llx_actioncomm (id, ref, datep, fk_action, code, datec, fk_user_author, fk_soc, fk_contact, fk_user_action, percent, location, label, note, email_subject, email_msgid, email_from, email_sender, email_to, email_tocc, fk_element, elementtype, ip) values
  (501, '501', '2020-03-01', 5, 'AC_RDV', '2020-03-01', 2, 61, 161, 2, 100, '5 impasse des Tilleuls', 'RDV Mme Aubouin', 'Très fatiguée par son divorce.', null, null, null, null, null, null, null, null, null),
  (502, '502', '2020-03-02', 40, 'AC_PROPAL_SENTBYMAIL', '2020-03-02', 2, 61, 0, 2, -1, null, 'Devis PR2003-0010 envoyé', 'Émetteur : Tristan Morvan
Destinataire : berengere.aubouin@courriel.example', 'Votre devis', '<502@chauffage>', 't.morvan@chauffage-gaudin.example', null, 'berengere.aubouin@courriel.example', 'c.gaudin@chauffage-gaudin.example', 10, 'propal', '10.0.0.2'),
  (503, '503', '2021-05-01', 5, 'AC_TEL', '2021-05-01', 1, 64, 164, 1, 100, null, 'Appel de la présidente', 'Mme Aubouin veut changer la chaufferie.', null, null, null, null, null, null, null, null, null),
  (504, '504', '2021-04-02', 5, 'AC_TEL', '2021-04-02', 2, 62, 162, 2, 100, null, 'Appel', 'Rappeler le soir', null, null, null, null, null, null, null, null, null),
  (505, '505', '2020-03-20', 40, 'AC_BILL_VALIDATE', '2020-03-20', 1, 61, 0, 1, -1, null, 'Facture FA2003-0020 validée', 'Auteur : cgaudin', null, null, null, null, null, null, 20, 'invoice', '10.0.0.1');
insert into llx_actioncomm_resources values (1, 501, 'user', 2, '0', 0, 1), (2, 501, 'socpeople', 161, '0', 0, 1), (3, 504, 'socpeople', 162, '0', 0, 1);
insert into llx_c_type_contact values (60, 'facture', 'external', 'BILLING', 'Contact client facturation'), (50, 'facture', 'internal', 'SALESREPFOLL', 'Responsable suivi du paiement');
-- An internal contact of an invoice is a user: same column, other table.
insert into llx_element_contact values (1, '2020-03-20', 4, 20, 60, 161), (2, '2021-05-20', 4, 22, 60, 164), (3, '2021-05-20', 4, 22, 50, 1);
insert into llx_ecm_files (rowid, ref, label, filepath, filename, src_object_type, src_object_id, description, gen_or_uploaded, date_c, fk_user_c) values
  (1, 'a1', 'd41d8cd98f00b204', 'facture/FA2003-0020', 'FA2003-0020.pdf', 'facture', 20, null, 'generated', '2020-03-20', 2),
  (2, 'a2', 'd41d8cd98f00b205', 'societe/61', 'avis_imposition_Aubouin_Berengere.pdf', 'societe', 61, 'Avis d’imposition pour la prime', 'uploaded', '2020-03-05', 2),
  (3, 'a3', 'd41d8cd98f00b206', 'societe/62', 'attestation_herve.pdf', 'societe', 62, 'Attestation', 'uploaded', '2021-03-05', 2);
insert into llx_mailing_cibles (rowid, fk_mailing, fk_contact, lastname, firstname, email, other, tag, statut, source_url, source_id, source_type, date_envoi) values
  (1, 3, 161, 'Aubouin', 'Bérengère', 'berengere.aubouin@courriel.example', 'TypeCompany=Particulier', 'abc', 1, '<a href="card.php?id=161">', 161, 'contact', '2022-01-01'), (2, 3, 162, 'Aubouin', 'Hervé', 'herve.aubouin@courriel.example', null, 'abd', 1, '<a href="card.php?id=162">', 162, 'contact', '2022-01-01');
insert into llx_const (rowid, name, value) values (1, 'MAIN_INFO_SOCIETE_MAIL', 'contact@chauffage-gaudin.example'), (2, 'MAIN_INFO_SOCIETE_NOM', 'Chauffage Gaudin');
insert into llx_product (rowid, ref, label, price, fk_user_author) values (5, 'CHAUD-5', 'Chaudière à condensation', 3000, 1);
insert into llx_events (rowid, type, dateevent, fk_user, description, ip, user_agent) values
  (1, 'USER_LOGIN', '2022-01-01', 2, '(UserLogged,tmorvan)', '10.0.0.2', 'Firefox/95'), (2, 'USER_LOGIN_FAILED', '2022-01-02', null, 'Bad login berengere.aubouin@courriel.example', '90.1.61.61', 'Safari/15');
