-- Yann Le Goff (00417) left in 2023 and asks. Maëlle (00418) is married to him: address, telephone, account in common.
-- 00533 has his name. He was head of a service: he validated, evaluated, recruited and granted.
insert into "SERVICE" values ('MAINT', 'Maintenance', '00417'), ('RH', 'Ressources humaines', '00102'), ('ATEL', 'Atelier', '00211');
insert into "SALARIE" values
  ('00102', 'MME', 'PENNEC', null, 'Soizic', '1970-04-02', 'Lorient', '270045612300145', 'FRA', '4 rue du Moulin', null, '56100', 'LORIENT', '0297000102', 's.pennec@conserverie.example', 'soizic@poste.example', 'FR7612548029980000000010232', 'AXABFRPP', 'M', 2, 'N', '1999-09-01', null, null, 'RH', 'Responsable RH', 420, null, 'spennec', 8.1, 'Alain Pennec', '0297000199', null),
  ('00211', 'M', 'TANGUY', null, 'Erwan', '1980-04-02', 'Vannes', '180045626000211', 'FRA', '9 rue des Halles', null, '56000', 'VANNES', '0297000211', 'e.tanguy@conserverie.example', null, 'FR7612548029980000000021132', 'AXABFRPP', 'C', 0, 'N', '2005-09-01', null, null, 'ATEL', 'Chef d’atelier', 310, '00417', 'etanguy', 4.0, null, null, null),
  ('00417', 'M', 'LE GOFF', null, 'Yann', '1984-11-19', 'Quimper', '184112923200417', 'FRA', '27 rue de Kerlann', 'Appt 3', '56700', 'HENNEBONT', '0297364417', 'y.legoff@conserverie.example', 'yann.legoff@boite.example', 'FR7612548029980000000041732', 'AXABFRPP', 'M', 1, 'O', '2010-03-01', '2023-06-30', 'Démission', 'MAINT', 'Responsable maintenance', 350, '00102', 'ylegoff', 6.5, 'Maëlle Le Goff', '0297364417', 'Aménagement de poste (dos).'),
  ('00418', 'MME', 'LE GOFF', 'RIOU', 'Maëlle', '1986-01-05', 'Pontivy', '286015617800418', 'FRA', '27 rue de Kerlann', 'Appt 3', '56700', 'HENNEBONT', '0297364417', 'm.legoff@conserverie.example', 'maelle.legoff@boite.example', 'FR7612548029980000000041732', 'AXABFRPP', 'M', 1, 'N', '2012-03-01', null, null, 'ATEL', 'Opératrice', 210, '00211', 'mlegoff', 2.5, 'Yann Le Goff', '0297364417', null),
  ('00533', 'M', 'LE GOFF', null, 'Yann', '1991-07-30', 'Brest', '191072901900533', 'FRA', '1 place du Bourg', null, '56650', 'INZINZAC', '0297000533', 'y.legoff2@conserverie.example', 'ylg91@boite.example', 'FR7612548029980000000053332', 'AXABFRPP', 'C', 0, 'N', '2016-03-01', null, null, 'MAINT', 'Technicien', 230, '00417', 'ylegoff2', 1.5, null, null, null);
insert into "ENFANT" values ('00417', 1, 'Nolwenn', '2015-02-14'), ('00418', 1, 'Nolwenn', '2015-02-14'), ('00102', 1, 'Gaël', '1998-02-14');
insert into "RUBRIQUE" values ('1000', 'Salaire de base', null), ('4010', 'Sécurité sociale', 0.0690), ('7200', 'Indemnité de sortie', null);
insert into "BULLETIN_PAIE" values
  ('202305-00417', '00417', '202305', 3100, 2450.10, 2390.20, 'FR7612548029980000000041732', 'Responsable maintenance', null, 'spennec', '2023-05-28 10:00'),
  ('202306-00417', '00417', '202306', 5200, 4100.10, 3990.20, 'FR7612548029980000000041732', 'Responsable maintenance', 'Solde de tout compte remis en main propre.', 'spennec', '2023-06-28 10:00'),
  ('202306-00418', '00418', '202306', 2100, 1700.10, 1650.20, 'FR7612548029980000000041732', 'Opératrice', null, 'spennec', '2023-06-28 10:01'),
  ('202306-00533', '00533', '202306', 2300, 1850.10, 1800.20, 'FR7612548029980000000053332', 'Technicien', 'Prime validée par M. Le Goff.', 'spennec', '2023-06-28 10:02');
insert into "LIGNE_BULLETIN" values
  ('202305-00417', 1, '1000', 'Salaire de base', 3100, 3100), ('202305-00417', 2, '4010', 'Sécurité sociale', 3100, -213.90),
  ('202306-00417', 1, '7200', 'Indemnité de sortie Y. LE GOFF', 2100, 2100),
  ('202306-00418', 1, '1000', 'Salaire de base', 2100, 2100), ('202306-00533', 1, '1000', 'Salaire de base', 2300, 2300);
insert into "ABSENCE" values
  (1, '00417', 'MAL', '2022-10-03', '2022-10-14', 'Lombalgie', '00102', '2022-10-03', 'Arrêt reçu, visite de reprise à prévoir'),
  (2, '00533', 'CP', '2022-08-01', '2022-08-19', 'Été', '00417', '2022-05-01', 'Accord, binôme présent'),
  (3, '00211', 'RTT', '2022-09-01', '2022-09-02', null, '00417', '2022-08-25', 'OK'),
  (4, '00418', 'MAL', '2022-11-03', '2022-11-04', 'Grippe', '00211', '2022-11-03', null);
insert into "EVALUATION" values
  (1, '00417', '00102', 2022, 4, 'Bon encadrement, fatigue visible.', 'Déléguer davantage', 'Je souhaite évoluer vers le conseil.'),
  (2, '00533', '00417', 2022, 3, 'Progresse en hydraulique.', 'Passer l’habilitation électrique', 'Content de l’équipe.'),
  (3, '00211', '00417', 2022, 4, 'Atelier bien tenu.', null, null);
insert into "CANDIDAT" values
  (88, 'LE GOFF', 'Yann', 'Yann.LeGoff@boite.example', '0297364417', '27 rue de Kerlann 56700 HENNEBONT', 'Dix ans de maintenance industrielle, BTS à Quimper.', 'Technicien maintenance', '00102', 'Très bon contact', '2009-12-10', 'RETENU'),
  (131, 'LE GOFF', 'Yann', 'ylg91@boite.example', '0297000533', 'INZINZAC', 'Bac pro.', 'Technicien', '00417', 'À prendre', '2015-12-10', 'RETENU'),
  (140, 'SAMSON', 'Katell', 'katell.samson@boite.example', '0600000140', null, 'Licence pro.', 'Automaticienne', '00417', 'À revoir', '2022-12-10', 'REFUSE');
insert into "HABILITATION" values
  ('ylegoff', 'CHEF_SERVICE', '2010-03-01', '2023-06-30', 'spennec'), ('ylegoff', 'GMAO', '2011-03-01', null, 'spennec'),
  ('ylegoff2', 'GMAO', '2016-03-01', null, 'ylegoff'), ('etanguy', 'CHEF_SERVICE', '2018-03-01', null, 'spennec'),
  ('mlegoff', 'CONSULT', '2012-03-01', null, 'etanguy');
insert into "JOURNAL_CNX" values
  (1, 'ylegoff', '2023-06-29 07:58', '10.1.4.17', 'PC-MAINT-01'), (2, 'ylegoff2', '2023-06-29 08:01', '10.1.4.33', 'PC-MAINT-02'),
  (3, 'mlegoff', '2023-06-29 08:05', '10.1.4.18', 'PC-ATEL-04'), (4, 'ylegoff', '2023-06-30 07:57', '10.1.4.17', 'PC-MAINT-01');
insert into "STAGE_FORM" values ('HAB-EL', 'Habilitation électrique', 'Formatech', 'Luc Morin', 'contact@formatech.example');
insert into "INSCR_FORM" values ('HAB-EL', '00417', '2021-05-04', 'ACQUIS', 'Absent le matin'), ('HAB-EL', '00533', '2023-05-04', null, 'Inscrit par son chef');
insert into "PARAM" values ('MAIL_RH', 'rh@conserverie.example'), ('EFFECTIF', '5');
