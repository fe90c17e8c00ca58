-- Clotilde Sarrazin (2001) took a car and a life contract. Her partner Rémi Aubin (2002) drives her car and is her beneficiary; he took
-- the house contract, where she is insured. 2003 has her name. 2004 is a garage, 2005 the other driver.
insert into agence values ('0042', 'Agence de Nevers', '1 place Carnot 58000 Nevers', '03 86 00 00 42', 'nevers@mutuelle-loire.example');
insert into gestionnaire values ('G00311', 'Perrot', 'Odile', 'o.perrot@mutuelle-loire.example', 'Gestionnaire sinistres', '0042'), ('G00312', 'Hamel', 'Idriss', 'i.hamel@mutuelle-loire.example', 'Conseiller', '0042');
insert into tiers values
  (2001, 'PP', 'MME', 'Sarrazin', 'Clotilde', 'Lemoine', null, null, '1983-10-09', 'Decize', '37', 41000, 'PACS', '030458200123', false, '2017-01-01', 'G00312'),
  (2002, 'PP', 'M', 'Aubin', 'Rémi', null, null, null, '1981-02-02', 'Nevers', '38', 39000, 'PACS', '010258200456', false, '2018-01-01', 'G00312'),
  (2003, 'PP', 'MME', 'Sarrazin', 'Clotilde', null, null, null, '1961-12-12', 'Cosne', '71', null, 'VEUVE', null, false, '2010-01-01', 'G00312'),
  (2004, 'PM', null, null, null, null, 'Garage du Pont', '552200444', null, null, null, null, null, null, false, '2012-01-01', 'G00311'),
  (2005, 'PP', 'M', 'Colas', 'Bastien', null, null, null, '1995-05-05', null, null, null, null, null, false, '2022-03-04', 'G00311');
insert into coordonnee values
  (1, 2001, 'EMAIL', 'clotilde.sarrazin@courriel.example', true), (2, 2001, 'MOBILE', '0620012001', true), (3, 2001, 'POSTALE', '31 quai de Mantoue 58000 Nevers', true), (4, 2001, 'EMAIL', 'c.lemoine@ancien.example', false),
  (5, 2002, 'EMAIL', 'remi.aubin@courriel.example', true), (6, 2002, 'POSTALE', '31 quai de Mantoue 58000 Nevers', true), (7, 2003, 'EMAIL', 'closar61@courriel.example', true), (8, 2004, 'EMAIL', 'atelier@garagedupont.example', true), (9, 2005, 'MOBILE', '0620052005', true);
insert into coordonnee_bancaire values
  (1, 2001, 'FR7614806580000000000200174', 'AGRIFRPP848', 'MME SARRAZIN CLOTILDE', 'MANDAT-2001-A', true), (2, 2002, 'FR7614806580000000000200274', 'AGRIFRPP848', 'M AUBIN REMI', 'MANDAT-2002-A', true), (3, 2004, 'FR7614806580000000000200474', 'AGRIFRPP848', 'GARAGE DU PONT', null, true);
insert into produit values ('AUTO1', 'Auto tous risques'), ('VIE3', 'Prévoyance décès'), ('MRH2', 'Habitation');
insert into contrat values
  ('AU2017000201', 'AUTO1', 2001, '0042', '2017-01-01', '2023-12-31', 'Vente du véhicule', 620, null, 'FK-201-LT', 'Trajet travail', 'Conjoint désigné : Rémi Aubin', 'G00312'),
  ('VI2019000202', 'VIE3', 2001, '0042', '2019-01-01', null, null, 240, null, null, null, null, 'G00312'),
  ('HA2018000203', 'MRH2', 2002, '0042', '2018-01-01', null, null, 310, '31 quai de Mantoue 58000 Nevers', null, null, 'Avec piscine', 'G00312'),
  ('AU2010000204', 'AUTO1', 2003, '0042', '2010-01-01', null, null, 480, null, 'AB-204-CD', 'Promenade', null, 'G00312');
insert into contrat_assure values
  ('AU2017000201', 2001, 'CONDUCTEUR_PRINC', 0.50, null), ('AU2017000201', 2002, 'CONDUCTEUR_SEC', 0.68, null), ('VI2019000202', 2001, 'ASSURE', null, '{"fumeur": true, "antecedents": "Mélanome 2015", "medecin": "Dr Gros"}'),
  ('HA2018000203', 2002, 'OCCUPANT', null, null), ('HA2018000203', 2001, 'OCCUPANT', null, '{"metier": "Kinésithérapeute à domicile"}'), ('AU2010000204', 2003, 'CONDUCTEUR_PRINC', 0.50, null);
insert into clause_beneficiaire values (1, 'VI2019000202', 1, 2002, 'Mon partenaire Rémi Aubin, à défaut ma sœur Agathe Lemoine', 100), (2, 'HA2018000203', 1, 2001, 'Ma partenaire', 100);
insert into quittance values ('Q202301-201', 'AU2017000201', '202301', 620, 'PAYEE', 2001), ('Q202301-202', 'VI2019000202', '202301', 240, 'PAYEE', 2002), ('Q202301-203', 'HA2018000203', '202301', 310, 'PAYEE', 2002);
insert into lcb_ft_controle values (1, 2001, '2019-01-01', 'RAS', 'Homonyme d’une personne listée, levé de doute sur pièce d’identité.', 'G00312'), (2, 2002, '2018-01-01', 'RAS', null, 'G00312');
insert into sinistres.expert values (9, 'Cabinet Thévenin', 'Marc Thévenin', '03 86 09 09 09', 'm.thevenin@experts.example', 'FR7614806580000000000900974');
insert into sinistres.sinistre values
  ('S2022030004', 'AU2017000201', '2022-03-03', '2022-03-04', 2001, 'Rond-point de Varennes', 'Je roulais avec ma fille Jeanne quand M. Colas m’a percutée.', 'MATERIEL_CORP', 0, 9, 'G00311', 'CLOS'),
  ('S2022080005', 'HA2018000203', '2022-08-08', '2022-08-09', 2002, '31 quai de Mantoue', 'Dégât des eaux dans la cuisine.', 'DDE', null, 9, 'G00311', 'CLOS');
insert into sinistres.victime values
  (1, 'S2022030004', 2001, 'Clotilde Sarrazin', '0620012001', 'Cervicalgies, arrêt de 10 jours', 2.0, '283105809500201'), (2, 'S2022030004', 2005, 'Bastien Colas', '0620052005', 'Contusion', null, null);
insert into sinistres.expertise values (1, 'S2022030004', 9, '2022-03-20', 'Véhicule de Mme Sarrazin, choc arrière gauche.', 3400), (2, 'S2022080005', 9, '2022-08-20', 'Fuite sous évier.', 800);
insert into sinistres.note_gestion values (1, 'S2022030004', 'G00311', '2022-03-05', 'Assurée très choquée, suivie par un psychologue.'), (2, 'S2022080005', 'G00311', '2022-08-10', 'Appel de clotilde.sarrazin@courriel.example pour son conjoint.');
insert into sinistres.piece values
  ('00000000-0000-4000-8000-000000000c01', 'SINISTRE', 'S2022030004', 'Constat amiable', 'constat_sarrazin_colas.pdf', 'application/pdf', 'clotilde.sarrazin@courriel.example', '2022-03-04'),
  ('00000000-0000-4000-8000-000000000c02', 'TIERS', '2001', 'Pièce d’identité', 'cni_sarrazin_clotilde.jpg', 'image/jpeg', 'G00312', '2019-01-01'),
  ('00000000-0000-4000-8000-000000000c03', 'CONTRAT', 'HA2018000203', 'État des lieux', 'etat_des_lieux.pdf', 'application/pdf', 'remi.aubin@courriel.example', '2018-01-01');
insert into compta.reglement values
  (1, 'S2022030004', null, 'D', 3400, '2022-04-01', 'FR7614806580000000000200474', 'GARAGE DU PONT', 'SIN S2022030004 REPARATION SARRAZIN', 'VIR0001'),
  (2, 'S2022030004', null, 'D', 900, '2022-05-01', 'FR7614806580000000000200174', 'MME SARRAZIN CLOTILDE', 'SIN S2022030004 INDEMNITE CORPORELLE', 'VIR0002'),
  (3, null, 'Q202301-201', 'C', 620, '2023-01-10', 'FR7614806580000000000200174', 'MME SARRAZIN CLOTILDE', 'PRLV Q202301-201', 'PRL0003'),
  (4, null, 'Q202301-203', 'C', 310, '2023-01-10', 'FR7614806580000000000200274', 'M AUBIN REMI', 'PRLV Q202301-203', 'PRL0004'),
  (5, 'S2022030004', null, 'D', 250, '2022-06-01', 'FR7614806580000000000200574', 'M COLAS BASTIEN', 'SIN S2022030004', 'VIR0005');
insert into compta.journal_envoi values
  (1, 'EMAIL', 'clotilde.sarrazin@courriel.example', 'avis_echeance', '{"civilite": "Mme", "nom": "Sarrazin", "montant": 620}', '2023-01-01'), (2, 'SMS', '0620012001', 'sinistre_clos', '{"prenom": "Clotilde"}', '2022-06-01'), (3, 'EMAIL', 'remi.aubin@courriel.example', 'avis_echeance', '{"nom": "Aubin"}', '2023-01-01');
