-- Hélène Mercadier (partner 42, portal user 11) asks; Bruno (44) shares her home and telephone; partner 45 has her name.
set session_replication_role = replica;
insert into res_country values (75, 'FR', '{"en_US": "France", "fr_FR": "France"}');
insert into res_company values (1, 'Menuiserie des Quais', 1, 'contact@menuiserie-quais.example', '02 40 00 00 01', '{"fr_FR": "SIRET 000 000 001"}', 2, '2019-01-02 08:00', 2, '2019-01-02 08:00');
insert into res_users (id, partner_id, login, password, company_id, share, signature, notification_type, totp_secret, create_uid, create_date, write_uid, write_date) values
  (2, 3, 'admin', '$pbkdf2-sha512$600000$aaaa', 1, false, '<p>Administrateur</p>', 'inbox', null, null, '2019-01-02 08:00', 2, '2023-01-02 08:00'),
  (6, 7, 'marc.dauvin@menuiserie-quais.example', '$pbkdf2-sha512$600000$bbbb', 1, false, '<p>Marc Dauvin</p>', 'inbox', null, 2, '2019-02-01 08:00', 6, '2024-02-01 08:00'),
  (8, 9, 'sonia.keller@menuiserie-quais.example', '$pbkdf2-sha512$600000$cccc', 1, false, '<p>Sonia Keller</p>', 'email', null, 2, '2020-02-01 08:00', 8, '2024-02-01 08:00'),
  (11, 42, 'helene.mercadier@courriel.example', '$pbkdf2-sha512$600000$dddd', 1, true, '<p>Hélène M.</p>', 'email', 'JBSWY3DPEHPK3PXP', 6, '2022-05-03 10:00', 11, '2024-03-01 09:00'),
  (12, 44, 'bruno.mercadier@courriel.example', '$pbkdf2-sha512$600000$eeee', 1, true, null, 'email', null, 6, '2022-06-03 10:00', 12, '2024-03-01 09:00');
insert into res_partner (id, company_id, name, complete_name, parent_id, commercial_partner_id, user_id, country_id, ref, lang, tz, vat, website, comment, function, type, street, street2, zip, city, email, email_normalized, phone, mobile, phone_sanitized, partner_latitude, partner_longitude, is_company, customer_rank, supplier_rank, signup_token, message_main_attachment_id, create_uid, create_date, write_uid, write_date) values
  (1, null, 'Menuiserie des Quais', 'Menuiserie des Quais', null, 1, null, 75, null, 'fr_FR', 'Europe/Paris', 'FR00000000001', 'https://menuiserie-quais.example', null, null, 'contact', '3 quai des Antilles', null, '44200', 'Nantes', 'contact@menuiserie-quais.example', 'contact@menuiserie-quais.example', '02 40 00 00 01', null, '+33240000001', null, null, true, 0, 0, null, null, 2, '2019-01-02 08:00', 2, '2019-01-02 08:00'),
  (3, 1, 'Administrateur', 'Menuiserie des Quais, Administrateur', 1, 1, null, 75, null, 'fr_FR', 'Europe/Paris', null, null, null, null, 'contact', null, null, null, null, 'admin@menuiserie-quais.example', 'admin@menuiserie-quais.example', null, null, null, null, null, false, 0, 0, null, null, 2, '2019-01-02 08:00', 2, '2019-01-02 08:00'),
  (7, 1, 'Marc Dauvin', 'Menuiserie des Quais, Marc Dauvin', 1, 1, null, 75, null, 'fr_FR', 'Europe/Paris', null, null, null, 'Commercial', 'contact', null, null, null, null, 'marc.dauvin@menuiserie-quais.example', 'marc.dauvin@menuiserie-quais.example', '02 40 00 00 07', null, '+33240000007', null, null, false, 0, 0, null, null, 2, '2019-02-01 08:00', 6, '2024-02-01 08:00'),
  (9, 1, 'Sonia Keller', 'Menuiserie des Quais, Sonia Keller', 1, 1, null, 75, null, 'fr_FR', 'Europe/Paris', null, null, null, 'Comptable', 'contact', null, null, null, null, 'sonia.keller@menuiserie-quais.example', 'sonia.keller@menuiserie-quais.example', '02 40 00 00 09', null, '+33240000009', null, null, false, 0, 0, null, null, 2, '2020-02-01 08:00', 8, '2024-02-01 08:00'),
  (42, 1, 'Hélène Mercadier', 'Hélène Mercadier', null, 42, 6, 75, 'C00042', 'fr_FR', 'Europe/Paris', null, 'https://helene-mercadier.example', '<p>Cliente fidèle, allergique au vernis.</p>', 'Institutrice', 'contact', '18 rue du Port Guichard', 'Bâtiment B', '44000', 'Nantes', 'helene.mercadier@courriel.example', 'helene.mercadier@courriel.example', '02 40 55 12 34', '06 12 34 55 66', '+33612345566', 47.2173, -1.5534, false, 3, 0, 'Qm7sTgHk20aa', 91, 6, '2022-05-03 09:58', 11, '2024-03-01 09:00'),
  (43, 1, 'Hélène (chantier)', 'Hélène Mercadier, Hélène (chantier)', 42, 42, null, 75, null, 'fr_FR', null, null, null, null, null, 'delivery', '2 impasse des Salorges', null, '44600', 'Saint-Nazaire', null, null, '02 40 22 98 76', null, '+33240229876', null, null, false, 0, 0, null, null, 11, '2023-01-10 18:00', 11, '2023-01-10 18:00'),
  (44, 1, 'Bruno Mercadier', 'Bruno Mercadier', null, 44, 6, 75, 'C00044', 'fr_FR', 'Europe/Paris', null, null, '<p>Voir aussi son épouse.</p>', null, 'contact', '18 rue du Port Guichard', 'Bâtiment B', '44000', 'Nantes', 'bruno.mercadier@courriel.example', 'bruno.mercadier@courriel.example', '02 40 55 12 34', null, '+33240551234', 47.2173, -1.5534, false, 1, 0, null, null, 11, '2022-06-03 09:58', 12, '2024-03-01 09:00'),
  (45, 1, 'Hélène Mercadier', 'Hélène Mercadier', null, 45, 8, 75, 'C00045', 'fr_FR', 'Europe/Paris', null, null, null, null, 'contact', '7 place Rihour', null, '59000', 'Lille', 'h.mercadier@poste.example', 'h.mercadier@poste.example', '03 20 00 45 45', null, '+33320004545', null, null, false, 1, 0, null, null, 8, '2023-06-03 09:58', 8, '2024-03-01 09:00'),
  (46, 1, 'Claire Auvray', 'Atelier Rivoire, Claire Auvray', 50, 50, 6, 75, null, 'fr_FR', 'Europe/Paris', null, null, null, 'Acheteuse', 'contact', '40 rue des Usines', null, '49000', 'Angers', 'claire.auvray@rivoire.example', 'claire.auvray@rivoire.example', '02 41 00 00 46', null, '+33241000046', null, null, false, 2, 0, null, null, 6, '2023-06-03 09:58', 6, '2024-03-01 09:00'),
  (50, 1, 'Atelier Rivoire', 'Atelier Rivoire', null, 50, 6, 75, null, 'fr_FR', null, 'FR00000000050', 'https://rivoire.example', null, null, 'contact', '40 rue des Usines', null, '49000', 'Angers', 'compta@rivoire.example', 'compta@rivoire.example', '02 41 00 00 50', null, '+33241000050', null, null, true, 2, 1, null, null, 6, '2021-06-03 09:58', 6, '2024-03-01 09:00');
insert into res_partner_category values (1, '{"fr_FR": "Particulier"}', 2, true), (2, '{"fr_FR": "Professionnel"}', 3, true);
insert into res_partner_res_partner_category_rel values (1, 42), (1, 44), (2, 50);
insert into res_bank values (1, 'Crédit de l’Ouest', 'CRDOFRPP');
insert into res_partner_bank values
  (81, 'FR76 3000 4008 2800 0123 4567 842', 'FR7630004008280001234567842', 'Mme Hélène Mercadier', 42, 1, true, 10, 8, '2023-02-01 08:00', 8, '2023-02-01 08:00'),
  (82, 'FR76 3000 4008 2800 0765 4321 844', 'FR7630004008280007654321844', 'M. Bruno Mercadier', 44, 1, true, 10, 8, '2023-02-01 08:00', 8, '2023-02-01 08:00'),
  (83, 'FR76 1027 8000 0100 0200 3004 050', 'FR7610278000010002003004050', 'Atelier Rivoire', 50, 1, true, 10, 8, '2021-02-01 08:00', 8, '2021-02-01 08:00');
insert into product_template values
  (42, '{"fr_FR": "Table en chêne"}', '{"fr_FR": "Table massive, 8 places"}', 980, 'TAB-01', 'consu', 2, '2019-03-01 08:00', 6, '2024-01-01 08:00'),
  (43, '{"fr_FR": "Étagère murale"}', null, 120, 'ETA-02', 'consu', 2, '2019-03-01 08:00', 6, '2024-01-01 08:00');
insert into crm_stage values (1, '{"fr_FR": "Nouveau"}', 1), (4, '{"fr_FR": "Gagné"}', 4);
insert into crm_lead values
  (71, 'Table sur mesure - Mercadier', 'opportunity', 42, null, 'Hélène Mercadier', 'helene.mercadier@courriel.example', 'helene.mercadier@courriel.example', '02 40 55 12 34', '+33240551234', '18 rue du Port Guichard', '44000', 'Nantes', 'Institutrice', '<p>Souhaite une table basse.</p>', 'Bouche à oreille', 4, 6, 980, 100, '1', '2022-05-01 08:00', true, 6, '2022-05-01 08:00', 6, '2022-05-10 08:00'),
  (72, 'Demande depuis le site', 'lead', null, null, 'H. Mercadier', 'Hélène <Helene.Mercadier@courriel.example>', 'helene.mercadier@courriel.example', '06.12.34.55.66', '+33612345566', null, null, 'Nantes', null, 'Bonjour, faites-vous aussi des étagères ?', null, 1, 8, 0, 10, '0', null, true, 2, '2023-11-01 08:00', 2, '2023-11-01 08:00'),
  (73, 'Étagères Lille', 'opportunity', 45, null, 'Hélène Mercadier', 'h.mercadier@poste.example', 'h.mercadier@poste.example', '03 20 00 45 45', '+33320004545', '7 place Rihour', '59000', 'Lille', null, '<p>Relancer en juin.</p>', null, 1, 8, 240, 20, '0', '2023-06-04 08:00', true, 8, '2023-06-04 08:00', 8, '2023-06-04 08:00'),
  (74, 'Banc d’entrée', 'opportunity', 44, null, 'Bruno Mercadier', 'bruno.mercadier@courriel.example', 'bruno.mercadier@courriel.example', '02 40 55 12 34', '+33240551234', '18 rue du Port Guichard', '44000', 'Nantes', null, '<p>Banc en frêne.</p>', null, 1, 6, 300, 20, '0', '2023-06-04 08:00', true, 11, '2023-06-04 08:00', 6, '2023-06-04 08:00');
insert into sale_order values
  (301, 'S00301', 'sale', 'Cuisine Mercadier', null, null, 42, 42, 43, 6, 1, 'b0c7a1e2-301', 'Hélène Mercadier', '2022-05-12 10:00', '<p>Code portail 4471.</p>', '2022-05-11 09:00', 980, 1176, 6, '2022-05-11 09:00', 11, '2022-05-12 10:00'),
  (302, 'S00302', 'sale', 'BC-2023-11', null, null, 46, 50, 46, 6, 1, 'b0c7a1e2-302', 'Claire Auvray', '2023-05-12 10:00', '<p>Livrer au quai 2.</p>', '2023-05-11 09:00', 480, 576, 6, '2023-05-11 09:00', 6, '2023-05-12 10:00'),
  (303, 'S00303', 'sale', 'Banc de Bruno', null, null, 44, 42, 44, 6, 1, 'b0c7a1e2-303', 'Bruno Mercadier', '2023-07-12 10:00', '<p>Livrer après 18 h.</p>', '2023-07-11 09:00', 300, 360, 11, '2023-07-11 09:00', 6, '2023-07-12 10:00'),
  (304, 'S00304', 'sent', 'Lille', null, null, 45, 45, 45, 8, 1, 'b0c7a1e2-304', null, null, null, '2023-07-11 09:00', 240, 288, 8, '2023-07-11 09:00', 8, '2023-07-12 10:00');
insert into sale_order_line values
  (3011, 301, 10, 42, '[TAB-01] Table en chêne, gravure « H. Mercadier »', 1, 980, 42, 6, 'sale', 6, '2022-05-11 09:00', 6, '2022-05-11 09:00'),
  (3021, 302, 10, 43, '[ETA-02] Étagère murale', 4, 120, 46, 6, 'sale', 6, '2023-05-11 09:00', 6, '2023-05-11 09:00'),
  (3031, 303, 10, 43, 'Banc en frêne', 1, 300, 44, 6, 'sale', 11, '2023-07-11 09:00', 6, '2023-07-11 09:00');
insert into account_journal values (1, '{"fr_FR": "Factures clients"}', 'INV', 'sale');
insert into account_account values (411, '{"fr_FR": "Clients"}', '411100'), (707, '{"fr_FR": "Ventes"}', '707100');
insert into account_move values
  (501, 'INV/2022/00231', 'Cuisine Mercadier', 'out_invoice', 'posted', 'paid', 1, '2022-05-20', 42, 42, 43, 81, 6, 'Hélène Mercadier', 'S00301', 'INV/2022/00231', '<p>Merci Madame Mercadier.</p>', 'tok-501', '2022-05-20', 980, 196, 1176, 'INV/2022/', 231, 8, '2022-05-20 08:00', 8, '2022-06-20 08:00'),
  (502, 'INV/2023/00118', 'BC-2023-11', 'out_invoice', 'posted', 'paid', 1, '2023-05-20', 46, 50, 46, null, 6, 'Atelier Rivoire, Claire Auvray', 'S00302', 'INV/2023/00118', null, 'tok-502', '2023-05-20', 480, 96, 576, 'INV/2023/', 118, 8, '2023-05-20 08:00', 8, '2023-06-20 08:00'),
  (503, 'INV/2023/00140', 'Banc de Bruno', 'out_invoice', 'posted', 'not_paid', 1, '2023-07-20', 44, 44, 44, 82, 6, 'Bruno Mercadier', 'S00303', 'INV/2023/00140', null, 'tok-503', '2023-07-20', 300, 60, 360, 'INV/2023/', 140, 8, '2023-07-20 08:00', 8, '2023-07-20 08:00');
insert into account_move_line values
  (5011, 501, 'INV/2022/00231', 'Cuisine Mercadier', '[TAB-01] Table en chêne', 42, 707, 1, 0, 980, -980, '2022-05-20', 'product', 8, '2022-05-20 08:00', 8, '2022-05-20 08:00'),
  (5012, 501, 'INV/2022/00231', 'Cuisine Mercadier', 'INV/2022/00231', 42, 411, 1, 1176, 0, 1176, '2022-05-20', 'payment_term', 8, '2022-05-20 08:00', 8, '2022-05-20 08:00'),
  (5021, 502, 'INV/2023/00118', 'BC-2023-11', '[ETA-02] Étagère murale', 50, 707, 1, 0, 480, -480, '2023-05-20', 'product', 8, '2023-05-20 08:00', 8, '2023-05-20 08:00'),
  (5031, 503, 'INV/2023/00140', 'Banc de Bruno', 'Banc en frêne', 44, 707, 1, 0, 300, -300, '2023-07-20', 'product', 8, '2023-07-20 08:00', 8, '2023-07-20 08:00');
insert into ir_attachment values
  (91, 'CNI_Helene_Mercadier.pdf', 'Pièce d’identité', 'res.partner', null, 42, 'binary', null, null, 'a1/a1b2c3', 'a1b2c3', 'application/pdf', 81234, 'CARTE NATIONALE D’IDENTITE MERCADIER HELENE NEE LE 04 02 1979', false, 6, '2022-05-03 10:00', 6, '2022-05-03 10:00'),
  (92, 'Plan_entree_Bruno.pdf', null, 'res.partner', null, 44, 'binary', null, null, 'b1/b1b2c3', 'b1b2c3', 'application/pdf', 4000, 'PLAN', false, 6, '2023-06-03 10:00', 6, '2023-06-03 10:00'),
  (93, 'INV_2022_00231.pdf', null, 'account.move', 'invoice_pdf_report_file', 501, 'binary', null, null, 'c1/c1b2c3', 'c1b2c3', 'application/pdf', 4000, 'Facture INV/2022/00231 Hélène Mercadier 18 rue du Port Guichard helene.mercadier@courriel.example', false, 8, '2022-05-20 10:00', 8, '2022-05-20 10:00'),
  (94, 'table-chene.jpg', 'Photo du catalogue', 'product.template', 'image_1920', 42, 'binary', null, null, 'd1/d1b2c3', 'd1b2c3', 'image/jpeg', 4000, null, true, 6, '2022-05-20 10:00', 6, '2022-05-20 10:00'),
  (95, 'Facture fournisseur mars.pdf', null, 'account.move', null, 502, 'binary', null, null, 'e1/e1b2c3', 'e1b2c3', 'application/pdf', 4000, 'Atelier Rivoire', false, 8, '2022-05-20 10:00', 8, '2022-05-20 10:00');
insert into mail_message values
  (200, null, '<p>Devis envoyé.</p>', '2023-07-11 09:10', 'sale.order', 304, 'S00304', 'comment', 9, '"Sonia Keller" <sonia.keller@menuiserie-quais.example>', 'reply@menuiserie-quais.example', '<200.1@menuiserie-quais.example>', false, null, 8, '2023-07-11 09:10', 8, '2023-07-11 09:10'),
  (201, 'Rappel', '<p>Rappelée ce jour, elle préfère le 06 12 34 55 66.</p>', '2023-03-03 09:10', 'res.partner', 42, 'Hélène Mercadier', 'comment', 7, '"Marc Dauvin" <marc.dauvin@menuiserie-quais.example>', 'reply@menuiserie-quais.example', '<201.1@menuiserie-quais.example>', true, null, 6, '2023-03-03 09:10', 6, '2023-03-03 09:10'),
  (202, 'Re: S00301', '<p>Bonjour, mon code a changé, sonnez chez Mercadier.</p>', '2022-05-12 11:10', 'sale.order', 301, 'S00301', 'email', 42, '"Hélène Mercadier" <helene.mercadier@courriel.example>', 'reply@menuiserie-quais.example', '<202.abc@courriel.example>', false, null, 11, '2022-05-12 11:10', 11, '2022-05-12 11:10'),
  (203, null, '<p>Merci, j’attends votre appel.</p>', '2023-07-12 11:10', 'sale.order', 303, 'S00303', 'email', 44, '"Bruno Mercadier" <bruno.mercadier@courriel.example>', 'reply@menuiserie-quais.example', '<203.abc@courriel.example>', false, null, 12, '2023-07-12 11:10', 12, '2023-07-12 11:10'),
  (204, null, '<p>Doublon ? Voir helene.mercadier@courriel.example.</p>', '2023-11-02 11:10', 'crm.lead', 72, 'Demande depuis le site', 'comment', 9, '"Sonia Keller" <sonia.keller@menuiserie-quais.example>', 'reply@menuiserie-quais.example', '<204.1@menuiserie-quais.example>', true, null, 8, '2023-11-02 11:10', 8, '2023-11-02 11:10'),
  (205, null, '<p>Nouvelle adresse à Lille.</p>', '2023-07-02 11:10', 'res.partner', 45, 'Hélène Mercadier', 'comment', 9, '"Sonia Keller" <sonia.keller@menuiserie-quais.example>', 'reply@menuiserie-quais.example', '<205.1@menuiserie-quais.example>', true, null, 8, '2023-07-02 11:10', 8, '2023-07-02 11:10'),
  (206, null, '<p>C’est Hélène : je règle ce banc, envoyez-moi la facture.</p>', '2023-07-13 11:10', 'sale.order', 303, 'S00303', 'email', 42, '"Hélène Mercadier" <helene.mercadier@courriel.example>', 'reply@menuiserie-quais.example', '<206.abc@courriel.example>', false, 203, 11, '2023-07-13 11:10', 11, '2023-07-13 11:10');
insert into mail_tracking_value values
  (401, 201, 1188, 'helene.m@ancienne.example', 'helene.mercadier@courriel.example', null, null),
  (402, 205, 1188, 'h.m@ancienne.example', 'h.mercadier@poste.example', null, null),
  (403, 200, 2201, 'Devis', 'Devis envoyé', null, null);
insert into mail_followers values (1, 'res.partner', 42, 7), (2, 'sale.order', 301, 42), (3, 'sale.order', 303, 42), (4, 'sale.order', 303, 44);
insert into hr_department values (1, '{"fr_FR": "Commerce"}', 1);
insert into hr_employee values
  (1, 'Marc Dauvin', 6, 1, null, 'Commercial', 'marc.dauvin@menuiserie-quais.example', '02 40 00 00 07', 'marc@maison.example', '06 00 00 00 07', '1 rue Haute', 'Rezé', 'E-1', '1981-01-01', 'Anne Dauvin', '06 00 00 00 70', 2, '2019-02-01 08:00', 2, '2019-02-01 08:00'),
  (2, 'Sonia Keller', 8, 1, 1, 'Comptable', 'sonia.keller@menuiserie-quais.example', '02 40 00 00 09', null, null, null, null, 'E-2', '1985-01-01', null, null, 2, '2020-02-01 08:00', 2, '2020-02-01 08:00');
set session_replication_role = default;
