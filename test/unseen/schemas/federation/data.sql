-- Gilles Amiel (210, licence 2023-0210) asks. Zoé (211) is his daughter, and her record bears his e-mail; Odile (212) lives with them;
-- 340 has his name. He was treasurer: he entered the others' contributions and signed their receipts.
insert into ligue values ('BRE', 'Ligue de Bretagne', 'contact@ligue-bretagne.example');
insert into club values (1, 'BRE', 'Aviron de l’Aulne', '1 quai Cosmao, Châteaulin', 'bureau@aviron-aulne.example', '02 98 00 00 01', 'W293000001'), (2, 'BRE', 'Rame du Trieux', 'Pontrieux', 'bureau@rame-trieux.example', null, 'W221000002');
insert into adherent values
  (210, 1, 'M.', 'AMIEL', null, 'Gilles', '1975-03-03', 'Brest', 'française', '6 rue du Halage', '29150', 'Châteaulin', '02 98 21 02 10', '06 98 21 02 10', 'gilles.amiel@mail.example', 'Éclusier', '\xffd8ffe000104a46', 'Arachide', '2023-09-01', true, '175032901900210', 'Divorce en cours', '2015-09-01', '2023-09-01'),
  (211, 1, 'Mlle', 'AMIEL', null, 'Zoé', '2011-05-05', 'Brest', 'française', '6 rue du Halage', '29150', 'Châteaulin', '02 98 21 02 10', null, 'gilles.amiel@mail.example', null, '\xffd8ffe000104a47', 'Aucune', '2023-09-01', false, null, 'Nage 50 m', '2020-09-01', '2023-09-01'),
  (212, 1, 'Mme', 'AMIEL', 'KERVELLA', 'Odile', '1977-06-06', 'Quimper', 'française', '6 rue du Halage', '29150', 'Châteaulin', '02 98 21 02 10', '06 98 21 02 12', 'odile.kervella@mail.example', 'Infirmière', null, null, '2023-09-01', true, null, null, '2016-09-01', '2023-09-01'),
  (230, 1, 'M.', 'LE BRAS', null, 'Ronan', '1980-01-01', 'Morlaix', 'française', '9 rue Neuve', '29150', 'Châteaulin', null, '06 98 00 02 30', 'ronan.lebras@mail.example', 'Maçon', null, null, '2023-09-01', true, null, null, '2017-09-01', '2023-09-01'),
  (340, 2, 'M.', 'AMIEL', null, 'Gilles', '1990-04-04', 'Guingamp', 'française', '3 rue du Port', '22260', 'Pontrieux', null, '06 96 00 03 40', 'g.amiel@autre.example', 'Marin', null, null, '2023-09-01', true, null, 'Prête sa remorque', '2019-09-01', '2023-09-01');
insert into responsable_legal values
  (31, 'AMIEL', 'Gilles', 'père', '06 98 21 02 10', 'gilles.amiel@mail.example', '6 rue du Halage 29150 Châteaulin', true),
  (32, 'AMIEL', 'Odile', 'mère', '06 98 21 02 12', 'odile.kervella@mail.example', '6 rue du Halage 29150 Châteaulin', true);
insert into adherent_responsable values (211, 31), (211, 32);
insert into licence values
  ('2023-0210', 210, '2023-2024', 'Vétéran', 'Compétition', 'Dr Salaün', '2023-09-10', null), ('2023-0211', 211, '2023-2024', 'J13', 'Loisir', 'Dr Salaün', '2023-09-10', 'simple'),
  ('2023-0212', 212, '2023-2024', 'Sénior', 'Loisir', 'Dr Le Gall', '2023-09-10', null), ('2023-0230', 230, '2023-2024', 'Sénior', 'Compétition', 'Dr Le Gall', '2023-09-10', null), ('2023-0340', 340, '2023-2024', 'Sénior', 'Loisir', null, '2023-09-10', null);
insert into cotisation values
  (1, 210, '2023-2024', 180, 'CHQ', '7700210', 'Crédit Maritime', 'AMIEL Gilles', '2023-09-02', 'gamiel'), (2, 211, '2023-2024', 120, 'CHQ', '7700211', 'Crédit Maritime', 'AMIEL Odile', '2023-09-02', 'gamiel'),
  (3, 230, '2023-2024', 180, 'ESP', null, null, null, '2023-09-05', 'gamiel'), (4, 340, '2023-2024', 150, 'VIR', null, 'Banque du Port', 'AMIEL Gilles', '2023-09-05', 'ptrieux');
insert into recu_fiscal values
  ('2023/017', 2023, 210, 'AMIEL Gilles', '6 rue du Halage 29150 Châteaulin', 100, '2023-12-01', 'Le président'), ('2023/018', 2023, 230, 'LE BRAS Ronan', '9 rue Neuve 29150 Châteaulin', 50, '2023-12-02', 'Le trésorier'),
  ('2023/019', 2023, 212, 'AMIEL Odile', '6 rue du Halage 29150 Châteaulin', 60, '2023-12-03', 'Le trésorier');
insert into bureau values (1, 210, 'Trésorier', '2020-01-01', '2024-01-31'), (1, 230, 'Président', '2020-01-01', null);
insert into evenement values
  (1, 'Descente de l’Aulne', 'Châteaulin', '2023-06-18', 210, '06 98 21 02 10', 'Prévoir pique-nique.'), (2, 'Régate d’automne', 'Port-Launay', '2023-10-08', 230, '06 98 00 02 30', 'Inscription avant le 1er.');
insert into inscription_evt values
  (2, '2023-0210', 'Gilles AMIEL', 'gilles.amiel@mail.example', 'L', 'sans arachide', 'Peut prendre deux personnes à Châteaulin', 12), (2, '2023-0211', 'Zoé AMIEL', 'gilles.amiel@mail.example', 'S', 'végétarien', null, 8),
  (2, '2023-0230', 'Ronan LE BRAS', 'ronan.lebras@mail.example', 'XL', null, null, 12), (1, '2023-0340', 'Gilles AMIEL', 'g.amiel@autre.example', 'M', 'halal', 'De Pontrieux', 12);
insert into resultat values (2, '2023-0210', 4, '01:02:03'), (2, '2023-0230', 1, '00:58:03');
insert into sanction values (1, '2023-0210', '2023-11-01', 'Propos déplacés envers un arbitre', 30, 'Commission de discipline'), (2, '2023-0340', '2022-11-01', 'Défaut de gilet', 15, 'Commission de discipline');
insert into utilisateur values ('gamiel', '$2y$10$g', 210, 'TRESORIER', '2024-01-15'), ('rlebras', '$2y$10$r', 230, 'PRESIDENT', '2024-02-15'), ('ptrieux', '$2y$10$p', null, 'CLUB', '2024-02-15');
insert into liste_diffusion values ('newsletter', 'gilles.amiel@mail.example', 'Gilles Amiel'), ('parents', 'gilles.amiel@mail.example', 'Gilles et Odile'), ('newsletter', 'ronan.lebras@mail.example', 'Ronan'), ('parents', 'odile.kervella@mail.example', 'Odile');
insert into courrier_envoye values
  (1, 'gilles.amiel@mail.example', 'Votre licence 2023-0210', 'Cher Gilles, votre licence est validée.', '2023-09-10', 'rlebras'), (2, 'ronan.lebras@mail.example', 'Votre reçu', 'Cher Ronan, ci-joint le reçu.', '2023-12-10', 'gamiel');
