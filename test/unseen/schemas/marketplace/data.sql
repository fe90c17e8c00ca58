-- Inès Cordier (7) buys and sells, and asks; Paul (10) lives with her, same telephone; 11 has her name; 8 bought from her; 9 sold to her.
insert into admin_users values (1, 'moderation@troc.example', 'Salomé Vidal', '$2b$x');
insert into categories values (1, 'Laine', 'laine');
insert into users values
  (7, 'ines.cordier@laposte.example', 'inescordier69', 'Inès', 'Cordier', '06 44 55 66 77', true, 'Les pelotes d’Inès', 'Je tricote depuis toujours. Lyon 7e.', 'av/7.jpg', '5 rue des Lilas', '69007', 'Lyon', 'FR', '00000000000007', '$2b$7', 'cus_Pz7', '90.12.7.7', 4.80, '2021-01-01 08:00Z', null),
  (8, 'gael.morvan@laposte.example', 'gaelm', 'Gaël', 'Morvan', '06 00 00 00 08', false, null, null, null, '8 quai Sud', '29200', 'Brest', 'FR', null, '$2b$8', 'cus_Pz8', '90.12.8.8', null, '2021-02-01 08:00Z', null),
  (9, 'atelier.dune@laposte.example', 'atelierdune', 'Dune', 'Castel', '06 00 00 00 09', true, 'Atelier Dune', 'Poterie.', 'av/9.jpg', '9 rue Basse', '34000', 'Montpellier', 'FR', '00000000000009', '$2b$9', 'cus_Pz9', '90.12.9.9', 4.20, '2021-03-01 08:00Z', null),
  (10, 'paul.cordier@laposte.example', 'paulo', 'Paul', 'Cordier', '06 44 55 66 77', false, null, 'Collectionneur.', null, '5 rue des Lilas', '69007', 'Lyon', 'FR', null, '$2b$10', 'cus_Pz10', '90.12.7.7', null, '2022-01-01 08:00Z', null),
  (11, 'icordier@autre.example', 'ines_c', 'Inès', 'Cordier', '06 00 00 00 11', true, 'Chez Inès', null, null, '11 rue Haute', '64000', 'Pau', 'FR', null, '$2b$11', 'cus_Pz11', '90.12.11.11', null, '2022-02-01 08:00Z', null);
insert into listings values
  (71, 7, 'Bonnet bleu', 'Tricoté main. Remise possible chez moi, 5 rue des Lilas.', 2500, 'Lyon', 45.748012, 4.842011, 'sold', '2024-01-01 08:00Z'),
  (91, 9, 'Bol émaillé', 'Tourné à la main.', 3000, 'Montpellier', 43.610001, 3.876001, 'sold', '2024-01-02 08:00Z'),
  (111, 11, 'Écharpe', 'Pure laine.', 4000, 'Pau', null, null, 'active', '2024-01-03 08:00Z');
insert into favourites values (7, 91), (8, 71), (10, 71);
insert into orders values
  (701, 'TR-24-000701', 7, 9, 'Inès Cordier', '{"name": "Inès Cordier", "street": "5 rue des Lilas", "postcode": "69007", "city": "Lyon", "phone": "0644556677"}', 'Merci d’emballer, c’est pour mon anniversaire.', 'LP000000701FR', 'delivered', 3000, '2024-02-01 08:00Z'),
  (802, 'TR-24-000802', 8, 7, 'Gaël Morvan', '{"name": "Gaël Morvan", "street": "8 quai Sud", "postcode": "29200", "city": "Brest", "phone": "0600000008"}', 'Laisser chez le gardien.', 'LP000000802FR', 'delivered', 2500, '2024-02-02 08:00Z'),
  (1003, 'TR-24-001003', 10, 9, 'Paul Cordier', '{"name": "Paul Cordier", "street": "5 rue des Lilas", "postcode": "69007", "city": "Lyon", "phone": "0644556677"}', null, null, 'paid', 3000, '2024-02-03 08:00Z');
insert into order_items values (1, 701, 91, 'Bol émaillé', 3000, 1), (2, 802, 71, 'Bonnet bleu', 2500, 1), (3, 1003, 91, 'Bol émaillé', 3000, 1);
insert into payments values
  (1, 701, 'stripe', 'ines.cordier@laposte.example', 'visa', '4271', '{"billing_details": {"email": "ines.cordier@laposte.example", "name": "I CORDIER"}, "fingerprint": "Xt71"}', 3000, '2024-02-01 08:00Z'),
  (2, 802, 'stripe', 'gael.morvan@laposte.example', 'visa', '1111', '{"billing_details": {"email": "gael.morvan@laposte.example"}, "fingerprint": "Xt82"}', 2500, '2024-02-02 08:00Z'),
  (3, 1003, 'stripe', 'paul.cordier@laposte.example', 'visa', '4271', '{"billing_details": {"email": "paul.cordier@laposte.example"}, "fingerprint": "Xt71"}', 3000, '2024-02-03 08:00Z');
insert into payouts values
  (1, 7, 'PO-2024-0041', 'FR7617806005000000000000741', 'Mlle Inès Cordier', '{"destination": "FR7617806005000000000000741", "statement": "TROC PO-2024-0041"}', 2300, '2024-02-10 08:00Z'),
  (2, 9, 'PO-2024-0042', 'FR7617806005000000000000942', 'Dune Castel', '{"destination": "FR7617806005000000000000942"}', 2800, '2024-02-10 08:00Z');
insert into conversations values
  (1, 91, 7, 9, 'Bol émaillé', '2024-01-20 08:00Z'), (2, 71, 8, 7, 'Bonnet bleu', '2024-01-21 08:00Z'), (3, 91, 10, 9, 'Bol émaillé', '2024-01-22 08:00Z');
insert into messages values
  (1, 1, 7, 9, 'Bonjour, je suis en fauteuil, pouvez-vous livrer au rez-de-chaussée ?', '2024-01-20 09:00Z', '2024-01-20 08:00Z'),
  (2, 1, 9, 7, 'Bonjour, oui bien sûr !', '2024-01-20 10:00Z', '2024-01-20 09:30Z'),
  (3, 1, 9, 7, 'J’écris donc à ines.cordier@laposte.example pour le suivi.', '2024-01-20 11:00Z', '2024-01-20 10:30Z'),
  (4, 2, 8, 7, 'Est-il encore disponible ? Je suis à Brest.', '2024-01-21 10:00Z', '2024-01-21 09:30Z'),
  (5, 2, 7, 8, 'Oui, il me reste le bleu.', '2024-01-21 11:00Z', '2024-01-21 10:30Z'),
  (6, 3, 10, 9, 'Le même que ma compagne, s’il vous plaît.', null, '2024-01-22 08:00Z');
insert into reviews values
  (1, 701, 7, 9, 5, 'Superbe', 'Arrivé à temps pour mes 40 ans.', 'Merci !', '2024-02-15 08:00Z'),
  (2, 802, 8, 7, 4, 'Bien', 'Chaud et doux.', null, '2024-02-16 08:00Z');
insert into blocked_users values (7, 11, 'Se fait passer pour moi'), (11, 7, 'Insistante');
insert into disputes values
  (1, 701, 7, 1, 'Reçu ébréché, photos sur mon téléphone.', 'Cliente remboursée, deuxième litige.', 'refunded', '2024-02-20 08:00Z'),
  (2, 802, 8, 1, 'Couleur différente de la photo.', 'Vendeuse prévenue.', 'closed', '2024-02-21 08:00Z');
insert into search_documents values
  (1, 'user', 7, 'Les pelotes d’Inès', 'Inès Cordier inescordier69 ines.cordier@laposte.example Lyon', to_tsvector('simple', 'Inès Cordier inescordier69 Lyon'), '2024-02-01 08:00Z'),
  (2, 'user', 9, 'Atelier Dune', 'Dune Castel atelierdune Montpellier', to_tsvector('simple', 'Dune Castel Montpellier'), '2024-02-01 08:00Z'),
  (3, 'category', 7, 'Objets', 'Objets de la maison', to_tsvector('simple', 'Objets de la maison'), '2024-02-01 08:00Z'),
  (4, 'listing', 71, 'Bonnet bleu', 'Bonnet bleu par inescordier69, 5 rue des Lilas', to_tsvector('simple', 'Bonnet bleu inescordier69 lilas'), '2024-02-01 08:00Z');
insert into outbound_emails values
  (1, 'ines.cordier@laposte.example', null, null, 'Votre commande TR-24-000701', '<p>Bonjour Inès, votre bol arrive au 5 rue des Lilas.</p>', 'order_shipped', '2024-02-02 08:00Z'),
  (2, 'gael.morvan@laposte.example', 'suivi@troc.example, ines.cordier@laposte.example', null, 'Votre commande TR-24-000802', '<p>Bonjour Gaël, votre bonnet arrive.</p>', 'order_shipped', '2024-02-03 08:00Z'),
  (3, 'paul.cordier@laposte.example', null, null, 'Votre commande TR-24-001003', '<p>Bonjour Paul.</p>', 'order_paid', '2024-02-03 08:00Z');
insert into webhook_deliveries values
  (1, 'order.paid', 'https://colis.example/hook', '{"order": "TR-24-000701", "contact": {"mail": "ines.cordier@laposte.example", "tel": "+33644556677"}}', 200, '2024-02-01 08:01Z'),
  (2, 'order.paid', 'https://colis.example/hook', '{"order": "TR-24-000802", "contact": {"mail": "gael.morvan@laposte.example", "tel": "+33600000008"}}', 200, '2024-02-02 08:01Z');
