-- Agathe Ronsin (31) asks; Théo (32) lives with her; 33 has her name; 2 and 3 are staff who handled and noted.
insert into auth_group values (1, 'Vendeurs');
insert into auth_user values
  (2, 'pbkdf2_sha256$2', '2024-01-01', true, 'bastien', 'Bastien', 'Loué', 'bastien@bijouterie.example', true, true, '2020-01-01'),
  (3, 'pbkdf2_sha256$3', '2024-01-01', false, 'carole', 'Carole', 'Imbert', 'carole@bijouterie.example', true, true, '2020-02-01'),
  (31, 'pbkdf2_sha256$31', '2024-01-01', false, 'agathe.ronsin', 'Agathe', 'Ronsin', 'agathe.ronsin@mail.example', false, true, '2021-01-01'),
  (32, 'pbkdf2_sha256$32', '2024-01-01', false, 'theo', 'Théo', 'Ronsin', 'theo.ronsin@mail.example', false, true, '2021-02-01'),
  (33, 'pbkdf2_sha256$33', '2024-01-01', false, 'aronsin', 'Agathe', 'Ronsin', 'aronsin@autre.example', false, true, '2021-03-01');
insert into auth_user_groups values (1, 2, 1), (2, 3, 1);
insert into django_content_type values (4, 'auth', 'user'), (7, 'shop', 'product'), (8, 'shop', 'order'), (9, 'shop', 'customerprofile');
insert into django_admin_log values
  (1, '2023-01-01', '31', 'agathe.ronsin', 2, '[{"changed": {"fields": ["Email address"]}}]', 4, 2),
  (2, '2023-01-02', '31', 'Bague jonc', 2, '[{"changed": {"fields": ["Price"]}}]', 7, 2),
  (3, '2023-01-03', '32', 'theo', 2, '[{"changed": {"fields": ["Active"]}}]', 4, 3),
  (4, '2023-01-04', '1009', 'W-1009 (agathe.ronsin@mail.example)', 2, '[{"changed": {"fields": ["Status"]}}]', 8, 3);
insert into django_session values ('s31abc', 'eyJfYXV0aF91c2VyX2lkIjoiMzEifQ:1abc:def', '2024-02-01'), ('s32abc', 'eyJfYXV0aF91c2VyX2lkIjoiMzIifQ:1abc:def', '2024-02-01');
insert into django_migrations values (1, 'auth', '0001_initial', '2020-01-01');
insert into authtoken_token values ('9944b09199c62bcf9418ad846dd0e4bbdfc6ee31', '2023-01-01', 31), ('9944b09199c62bcf9418ad846dd0e4bbdfc6ee32', '2023-01-01', 32);
insert into account_emailaddress values (1, 'agathe.ronsin@mail.example', true, true, 31), (2, 'agathe@ancienne.example', true, false, 31), (3, 'theo.ronsin@mail.example', true, true, 32);
insert into socialaccount_socialaccount values (1, 'google', '10998877665544331', '2024-01-01', '{"name": "Agathe Ronsin", "picture": "https://p.example/31"}', 31), (2, 'google', '10998877665544332', '2024-01-01', '{"name": "Théo Ronsin"}', 32);
insert into shop_customerprofile values
  (61, '05 61 31 31 31', '1990-09-09', '31 rue Pargaminières', '31000', 'Toulouse', 'avatars/31.jpg', 'Allergie au nickel', true, 31),
  (62, '05 61 31 31 31', '1989-09-09', '31 rue Pargaminières', '31000', 'Toulouse', null, '', false, 32),
  (31, '04 00 00 00 33', null, '1 rue Neuve', '69001', 'Lyon', null, '', false, 33);
insert into shop_product values (31, 'JONC', 'Bague jonc', 'Argent massif', 80), (32, 'CREOLE', 'Créoles', 'Vermeil', 60);
insert into shop_order values
  (1009, 'W-1009', 'shipped', 'Agathe Ronsin', '31 rue Pargaminières, 31000 Toulouse', 'Surprise pour Théo, ne pas appeler.', 80, '2023-01-01', 31, 3),
  (1010, 'W-1010', 'shipped', 'Théo Ronsin', '31 rue Pargaminières, 31000 Toulouse', 'Vite svp', 60, '2023-02-01', 32, 3),
  (31, 'W-0031', 'shipped', 'Agathe Ronsin', '1 rue Neuve, 69001 Lyon', '', 60, '2022-02-01', 33, 2);
insert into shop_orderline values (1, 'Bague jonc', 'A + T', 1, 80, 1009, 31), (2, 'Créoles', '', 1, 60, 1010, 32), (3, 'Créoles', 'Agathe', 1, 60, 31, 32);
insert into shop_historicalorder values
  (1009, 'W-1009', 'new', 'Agathe Ronsin', '31 rue Pargaminières, 31000 Toulouse', 'Surprise pour Théo.', 80, '2023-01-01', 1, '2023-01-01', null, '+', 31, 31, null),
  (1009, 'W-1009', 'shipped', 'Agathe Ronsin', '31 rue Pargaminières, 31000 Toulouse', 'Surprise pour Théo, ne pas appeler.', 80, '2023-01-01', 2, '2023-01-03', 'Cliente jointe', '~', 3, 31, 3),
  (1010, 'W-1010', 'new', 'Théo Ronsin', '31 rue Pargaminières, 31000 Toulouse', 'Vite svp', 60, '2023-02-01', 3, '2023-02-01', null, '+', 32, 32, null),
  (1010, 'W-1010', 'shipped', 'Théo Ronsin', '31 rue Pargaminières, 31000 Toulouse', 'Vite svp', 60, '2023-02-01', 4, '2023-02-02', 'Adresse vérifiée', '~', 3, 32, 3);
insert into shop_historicalcustomerprofile values
  (61, '05 61 00 00 00', '1990-09-09', '4 place Wilson', '31000', 'Toulouse', null, '', true, 1, '2021-01-01', null, '+', 31, 31),
  (61, '05 61 31 31 31', '1990-09-09', '31 rue Pargaminières', '31000', 'Toulouse', 'avatars/31.jpg', 'Allergie au nickel', true, 2, '2022-01-01', 'Déménagement', '~', 2, 31),
  (62, '05 61 31 31 31', '1989-09-09', '31 rue Pargaminières', '31000', 'Toulouse', null, '', false, 3, '2022-01-01', 'Déménagement', '~', 31, 32);
insert into notes_note values
  (1, 31, 'Cliente agréable, attend un enfant.', '2023-01-01', 3, 4), (2, 31, 'Modèle à arrêter fin 2024.', '2023-01-01', 3, 7), (3, 1009, 'Emballage cadeau, prénom Agathe.', '2023-01-01', 2, 8),
  (4, 32, 'Retard de paiement.', '2023-01-01', 3, 4), (5, 31, 'Colis perdu puis retrouvé.', '2023-01-01', 2, 8), (6, 61, 'Tour de doigt 52.', '2023-01-01', 2, 9);
insert into newsletter_subscriber values (1, 'Agathe.Ronsin@mail.example', 'footer', '2021-01-01'), (2, 'autre@mail.example', 'footer', '2021-01-01');
