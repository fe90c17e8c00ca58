-- Émilie Vasseur (15, and 23 when she ordered as a guest) asks; Luc (16) lives with her; 17 has her name; employees answered her.
insert into ps_employee values (1, 1, 'Arnoux', 'Denis', 'denis@merceriedubois.example', '$2y$e1', '2024-05-01'), (2, 4, 'Solal', 'Myriam', 'myriam@merceriedubois.example', '$2y$e2', '2024-05-01');
insert into ps_customer values
  (15, 1, 2, 3, 1, null, null, 'Émilie', 'Vasseur', 'emilie.vasseur@mail.example', '$2y$c15', '1988-08-08', 1, '78.20.15.15', 0, 'https://emilie-coud.example', 'aa15', 'Rappeler après 17 h, malentendante.', 1, 0, 0, '2021-01-01 08:00', '2024-01-01 08:00'),
  (16, 1, 1, 3, 1, null, null, 'Luc', 'Vasseur', 'luc.vasseur@mail.example', '$2y$c16', '1985-08-08', 0, null, 0, null, 'aa16', null, 1, 0, 0, '2021-02-01 08:00', '2024-01-01 08:00'),
  (17, 1, 2, 3, 1, null, null, 'Émilie', 'Vasseur', 'e.vasseur@autre.example', '$2y$c17', '1999-01-01', 1, '78.20.17.17', 1, null, 'aa17', 'VIP', 1, 0, 0, '2022-02-01 08:00', '2024-01-01 08:00'),
  (23, 1, 0, 2, 1, null, null, 'Emilie', 'VASSEUR', 'emilie.vasseur@mail.example', '$2y$c23', null, 0, null, 0, null, 'aa23', null, 1, 1, 0, '2020-11-01 08:00', '2020-11-01 08:00');
insert into ps_customer_group values (15, 3), (16, 3), (17, 3), (23, 2);
insert into ps_address values
  (31, 8, 0, 15, 0, 0, 'Maison', null, 'Vasseur', 'Émilie', '14 rue des Capucins', '2e étage', '51100', 'Reims', 'Sonner longtemps', '03 26 15 15 15', '06 15 15 15 15', null, 0, '2021-01-01 08:00', '2021-01-01 08:00'),
  (32, 8, 0, 16, 0, 0, 'Maison', null, 'Vasseur', 'Luc', '14 rue des Capucins', '2e étage', '51100', 'Reims', null, '03 26 15 15 15', null, null, 0, '2021-02-01 08:00', '2021-02-01 08:00'),
  (33, 8, 0, 17, 0, 0, 'Chez moi', null, 'Vasseur', 'Émilie', '3 cours Mirabeau', null, '13100', 'Aix', null, '04 42 17 17 17', null, null, 0, '2022-02-01 08:00', '2022-02-01 08:00'),
  (34, 8, 0, 0, 0, 2, 'supplier', 'Fils et Cie', 'Fils et Cie', 'Service achats', '1 zone Nord', null, '59100', 'Roubaix', null, '03 20 00 00 02', null, null, 0, '2020-02-01 08:00', '2020-02-01 08:00'),
  (35, 8, 0, 23, 0, 0, 'Mon adresse', null, 'VASSEUR', 'Emilie', '2 place Royale', null, '51100', 'Reims', null, '06 15 15 15 15', null, null, 0, '2020-11-01 08:00', '2020-11-01 08:00');
insert into ps_guest values (4, 1, 2, 15, 'fr-fr'), (5, 1, 2, 16, 'fr-fr'), (6, 1, 2, 0, 'en-us');
insert into ps_connections values (41, 4, 1, 1310986000, '2024-01-01 08:00', 'https://recherche.example/?q=boutons'), (42, 5, 1, 1310986000, '2024-01-01 09:00', null), (43, 6, 1, 3232235777, '2024-01-01 10:00', null);
insert into ps_cart values
  (70, 15, 4, 31, 31, '{"31":"2,"}', 'aa15', null, '2023-05-01 08:00'), (71, 16, 5, 32, 32, '{"32":"2,"}', 'aa16', 'Bonne fête', '2023-06-01 08:00'), (72, 23, 0, 35, 35, '{"35":"2,"}', 'aa23', null, '2020-11-01 08:00');
insert into ps_orders values
  (901, 'XKBKNABJK', 15, 70, 1, 31, 31, 5, 'aa15', 'Carte bancaire', 'ps_checkout', 'Pour Maman, ta fille Émilie', '6A00000901', 42.5, 77, '2023-05-02 08:00', '2023-05-01 08:00'),
  (902, 'OHSATSERP', 16, 71, 1, 32, 32, 5, 'aa16', 'Chèque', 'ps_checkpayment', 'Bonne fête', '6A00000902', 20, 78, '2023-06-02 08:00', '2023-06-01 08:00'),
  (903, 'UOYEVOLIX', 23, 72, 1, 35, 35, 5, 'aa23', 'Virement', 'ps_wirepayment', null, null, 12, 31, '2020-11-02 08:00', '2020-11-01 08:00');
insert into ps_order_detail values (1, 901, 6, 'Boutons nacre', 'BOU-6', 10, 4.25), (2, 902, 6, 'Boutons nacre', 'BOU-6', 4, 5), (3, 903, 7, 'Fil de lin', 'FIL-7', 1, 12);
insert into ps_order_invoice values
  (1, 901, 77, 42.5, 'Mercerie Dubois, 5 rue Basse, Troyes', 'Émilie Vasseur, 14 rue des Capucins, 51100 Reims', 'Émilie Vasseur, 14 rue des Capucins, 51100 Reims', 'Payée', '2023-05-02 08:00'),
  (2, 902, 78, 20, 'Mercerie Dubois, 5 rue Basse, Troyes', 'Luc Vasseur, 14 rue des Capucins, 51100 Reims', 'Luc Vasseur, 14 rue des Capucins, 51100 Reims', null, '2023-06-02 08:00');
insert into ps_order_payment values
  (1, 'XKBKNABJK', 42.5, 'Carte bancaire', 'pi_901', '497010XXXXXX1515', 'VISA', '08/2026', 'E VASSEUR', '2023-05-01 08:00'),
  (2, 'OHSATSERP', 20, 'Chèque', null, null, null, null, 'L VASSEUR', '2023-06-03 08:00'),
  (3, 'UOYEVOLIX', 12, 'Virement', 'VIR VASSEUR EMILIE', null, null, null, null, '2020-11-03 08:00');
insert into ps_order_history values (1, 0, 901, 2, '2023-05-01 08:00'), (2, 2, 901, 5, '2023-05-03 08:00'), (3, 2, 902, 5, '2023-06-03 08:00');
insert into ps_message values
  (1, 70, 15, 0, 901, 'Merci de livrer le samedi.', 0, '2023-05-01 08:00'), (2, 0, 15, 2, 901, 'Cliente jointe, d’accord pour samedi.', 1, '2023-05-02 08:00'), (3, 71, 16, 0, 902, 'Laisser au voisin.', 0, '2023-06-01 08:00');
insert into ps_customer_thread values (5, 1, 15, 901, 'closed', 'emilie.vasseur@mail.example', 'tk5', '2023-05-05 08:00'), (6, 1, 0, 0, 'open', 'Emilie.Vasseur@mail.example', 'tk6', '2019-05-05 08:00'), (7, 1, 16, 902, 'open', 'luc.vasseur@mail.example', 'tk7', '2023-06-05 08:00');
insert into ps_customer_message values
  (51, 5, 0, 'Il manque deux boutons, je n’entends pas au téléphone, écrivez-moi.', null, '1310986000', 'Firefox/110', 0, '2023-05-05 08:00'),
  (52, 5, 2, 'Bonjour Madame Vasseur, nous les postons demain.', null, '10.0.0.2', 'Chrome/110', 0, '2023-05-05 09:00'),
  (61, 6, 0, 'Vendez-vous du ruban ? 06 15 15 15 15', null, '1310986000', 'Firefox/60', 0, '2019-05-05 08:00'),
  (71, 7, 0, 'Bien reçu.', null, '1310986000', 'Safari/16', 0, '2023-06-05 08:00'), (72, 7, 2, 'Merci !', null, '10.0.0.2', 'Chrome/110', 0, '2023-06-05 09:00');
insert into ps_product values (6, 2, 0, 'BOU-6', 'Boutons nacre', 4.25), (7, 2, 0, 'FIL-7', 'Fil de lin', 12);
insert into ps_product_comment values (1, 6, 15, 4, 'Jolis', 'Parfaits pour la robe de ma fille Lou.', 'Émilie V.', 5, 1, '2023-05-20 08:00'), (2, 6, 16, 5, 'Bof', 'Trop petits.', 'Luc', 2, 1, '2023-06-20 08:00');
insert into ps_emailsubscription values (1, 'emilie.vasseur@mail.example', '2019-01-01 08:00', '78.20.15.15', 'https://blog.example', 1), (2, 'autre@mail.example', '2019-01-01 08:00', '78.20.99.99', null, 1);
insert into ps_mail values (1, 'emilie.vasseur@mail.example', 'order_conf', '[Mercerie Dubois] Confirmation de commande', 1, '2023-05-01 08:00'), (2, 'luc.vasseur@mail.example', 'order_conf', '[Mercerie Dubois] Confirmation de commande', 1, '2023-06-01 08:00');
insert into ps_log values (1, 1, 0, 'Customer addition', 'Customer', 15, 2, '2021-01-01 08:00'), (2, 2, 0, 'Échec d’envoi à emilie.vasseur@mail.example', 'Mail', 1, 0, '2023-05-01 08:00'), (3, 1, 0, 'Product modification', 'Product', 15, 2, '2021-01-01 08:00');
insert into ps_supplier values (2, 'Fils et Cie');
insert into ps_contact values (1, 'contact@merceriedubois.example', 'Service client');
insert into ps_configuration values (1, 'PS_SHOP_EMAIL', 'contact@merceriedubois.example'), (2, 'PS_SHOP_NAME', 'Mercerie Dubois');
