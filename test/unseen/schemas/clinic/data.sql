-- Maud Ferrandis (IPP 0004471) asks. 0004472 is her daughter, whose file names her as mother and as person of trust; 0009901 has her
-- name. 10002222222 is her doctor. The appointment of 2024 was taken on the site before she was known.
insert into "ETABLISSEMENT" values ('340000001', 'Clinique du Pic', '04 67 00 00 00', 'dim@clinique-pic.example');
insert into "MEDECIN" values
  ('10001111111', 'VALLAT', 'Pierre', 'Chirurgie orthopédique', '04 67 00 11 11', 'pierre.vallat@mssante.example', 'p.vallat@clinique-pic.example', 'N', null),
  ('10002222222', 'ROUX', 'Amélie', 'Médecine générale', '04 67 22 22 22', 'amelie.roux@mssante.example', 'cabinet.roux@medecins.example', 'O', '3 rue de la Loge 34000 Montpellier'),
  ('10003333333', 'SABATIER', 'Luc', 'Anesthésie', '04 67 00 33 33', null, 'l.sabatier@clinique-pic.example', 'N', null);
insert into "UF" values ('2110', 'Chirurgie', '10001111111'), ('2120', 'Ambulatoire', '10001111111');
insert into "AGENT" values ('dmarc', 'MARC', 'Danielle', 'Secrétaire médicale', 'd.marc@clinique-pic.example', '2110'), ('ifournier', 'FOURNIER', 'Ivan', 'Infirmier', 'i.fournier@clinique-pic.example', '2110');
insert into "PATIENT" values
  ('0004471', 'FERRANDIS', 'BOYER', 'MAUD', 'MAUD ELISE', 'F', '1979-05-17', 'SETE', '34301', '279053430104471', '279053430104471', '1.2.250.1.213.1.4.8', '22 rue des Aresquiers', '34110', 'FRONTIGNAN', '0467447100', '0644710044', 'maud.ferrandis@courriel.example', 'Ostréicultrice', 'Mariée', 'Française', 'Protestante', 'A+', 'Pénicilline', 'Fausse couche 2008. Tabac sevré.', '10002222222', '10002222222', '013400001', 'Mutuelle des Étangs', 'ME-447100', 'N', null, 'dmarc', '2021-02-01 09:00', 'N'),
  ('0004472', 'BOYER', null, 'LOLA', 'LOLA', 'F', '2010-03-03', 'SETE', '34301', null, '210033430104472', '1.2.250.1.213.1.4.8', '22 rue des Aresquiers', '34110', 'FRONTIGNAN', '0467447100', null, null, null, null, 'Française', null, 'O+', null, 'Fracture du poignet 2021.', '10002222222', null, '013400001', 'Mutuelle des Étangs', 'ME-447100', 'N', '0004471', 'dmarc', '2022-02-01 09:00', 'N'),
  ('0009901', 'FERRANDIS', null, 'MAUD', 'MAUD', 'F', '1990-01-30', 'NIMES', '30189', '290013018909901', null, null, '7 place aux Herbes', '30000', 'NIMES', null, '0699019901', 'mferrandis@nimes.example', 'Notaire', null, 'Française', null, null, null, 'Néant', '10002222222', null, '013000001', null, null, 'N', null, 'dmarc', '2023-02-01 09:00', 'O');
insert into "PERSONNE_CONFIANCE" ("ID_PC", "IPP", "NOM", "PRENOM", "LIEN", "TEL", "MAIL", "ADRESSE", "DT_DESIGN", "TYPE") values
  (1, '0004471', 'BOYER', 'Sylvain', 'Époux', '0644720044', 'sylvain.boyer@courriel.example', '22 rue des Aresquiers 34110 Frontignan', '2021-02-01', 'CONF'),
  (2, '0004472', 'FERRANDIS', 'Maud', 'Mère', '0644710044', 'maud.ferrandis@courriel.example', '22 rue des Aresquiers 34110 Frontignan', '2022-02-01', 'PREV'),
  (3, '0009901', 'FERRANDIS', 'Jean', 'Père', '0466009901', null, null, '2023-02-01', 'CONF');
insert into "SEJOUR" values
  ('210200044711', '0004471', '2021-02-03 07:30', '2021-02-05 11:00', '8', '8', 'Prothèse de hanche gauche', '2110', '112', 'P', '10001111111', '08C481', 'N', 'Sans porc', 'dmarc'),
  ('220200044721', '0004472', '2022-02-03 07:30', '2022-02-03 17:00', '8', '8', 'Ablation de broches', '2120', '201', 'F', '10001111111', '08M101', 'N', null, 'dmarc'),
  ('230200099011', '0009901', '2023-02-03 07:30', null, '8', null, 'Arthroscopie', '2120', '202', 'P', '10001111111', null, 'O', null, 'dmarc');
insert into "MOUVEMENT" values
  ('210200044711', 1, '2021-02-03 07:30', '2110', '112', 'Demande chambre seule, angoissée', 'ifournier'), ('210200044711', 2, '2021-02-04 10:00', '2110', '114', null, 'ifournier'), ('220200044721', 1, '2022-02-03 07:30', '2120', '201', 'Avec sa maman', 'ifournier');
insert into "DIAGNOSTIC" values ('210200044711', 1, 'M16.1', 'DP', 'Coxarthrose primaire'), ('210200044711', 2, 'F41.1', 'DA', 'Anxiété généralisée'), ('220200044721', 1, 'Z47.0', 'DP', 'Ablation de matériel');
insert into "ACTE" ("ID_ACTE", "NDA", "CCAM", "DT_ACTE", "RPPS_EXEC", "RPPS_ANESTH", "COTATION", "COMMENT_ACTE") values
  (1, '210200044711', 'NEKA020', '2021-02-03 09:00', '10001111111', '10003333333', 459.80, 'Voie antérieure, patiente obèse'), (2, '220200044721', 'MJGA001', '2022-02-03 09:00', '10001111111', '10003333333', 62.00, 'Sans incident');
insert into "COMPTE_RENDU" ("ID_CR", "NDA", "IPP", "TYPE_CR", "TITRE", "TEXTE", "RPPS_AUTEUR", "SECRETAIRE", "DT_CR", "DT_VALID", "DESTINATAIRES") values
  (11, '210200044711', '0004471', 'OPERATOIRE', 'CRO Mme BOYER née FERRANDIS', 'Je soussigné Dr Vallat ai opéré Mme Maud BOYER née FERRANDIS le 17/05/1979, IPP 0004471, NIR 279053430104471.', '10001111111', 'dmarc', '2021-02-03 12:00', '2021-02-03 18:00', 'Dr ROUX; maud.ferrandis@courriel.example'),
  -- Filed under the stay alone.
  (12, '210200044711', null, 'SORTIE', 'Lettre de liaison', 'Patiente sortie avec antalgiques. Rappelle le 0644710044.', '10001111111', 'dmarc', '2021-02-05 12:00', null, 'Dr ROUX'),
  (13, '220200044721', '0004472', 'OPERATOIRE', 'CRO LOLA BOYER', 'Lola BOYER, accompagnée de sa mère, opérée ce jour.', '10001111111', 'dmarc', '2022-02-03 12:00', '2022-02-03 18:00', 'Dr ROUX; maud.ferrandis@courriel.example'),
  (14, '230200099011', '0009901', 'CONSULT', 'Consultation', 'Mme FERRANDIS, notaire, gonalgie.', '10001111111', 'dmarc', '2023-02-03 12:00', null, null);
insert into "PRESCRIPTION" ("ID_PRESC", "NDA", "RPPS", "PRODUIT", "POSOLOGIE", "DT_DEB", "INFIRMIER") values (1, '210200044711', '10001111111', 'ALPRAZOLAM 0,25', '1 le soir', '2021-02-03', 'ifournier'), (2, '220200044721', '10001111111', 'PARACETAMOL 500', 'si douleur', '2022-02-03', 'ifournier');
insert into "LABO_RES" values ('L21020300001', 'HB', '0004471', '9,1', 'g/dL', 'Anémie à surveiller', '2021-02-04'), ('L21020300001', 'HIV', '0004471', 'négatif', null, null, '2021-02-04'), ('L22020300001', 'HB', '0004472', '13,1', 'g/dL', null, '2022-02-03');
insert into "RDV" values
  ('00000000-0000-4000-8000-000000000a01', '0004471', '10001111111', '2021-01-15 10:00', 'Hanche', null, null, null, null, 'HONORE', 'dmarc'),
  ('00000000-0000-4000-8000-000000000a02', null, '10001111111', '2024-06-15 10:00', 'Deuxième hanche ?', 'Boyer', 'Maud', '06 44 71 00 44', 'Maud.Ferrandis@courriel.example', 'WEB', null),
  ('00000000-0000-4000-8000-000000000a03', '0004472', '10001111111', '2022-01-15 10:00', 'Poignet', null, null, null, null, 'HONORE', 'dmarc');
insert into "FACTURE_SEJ" values
  ('F2102-000101', '210200044711', '2021-02-10', 3200.50, 400.00, 20.00, 'BOYER MAUD', '279053430104471', 'Chambre seule à sa charge'),
  -- The daughter's stay is paid by the mother's cover.
  ('F2202-000102', '220200044721', '2022-02-10', 800.50, 40.00, 0, 'BOYER MAUD', '279053430104471', null),
  ('F2302-000103', '230200099011', '2023-02-10', 300.50, 0, 80.00, 'FERRANDIS MAUD', '290013018909901', null);
insert into "TRACE_ACCES" values (1, '2021-02-03 08:00', 'ifournier', '0004471', 'LECTURE', 'POSTE-UF2110', null), (2, '2021-02-09 08:00', 'dmarc', '0004471', 'BRIS_GLACE', 'POSTE-SEC1', 'Appel de la patiente au 0644710044'), (3, '2022-02-03 08:00', 'ifournier', '0004472', 'LECTURE', 'POSTE-UF2120', 'Soins');
insert into "MSG_HL7" values
  (1, '2021-02-03 07:31', 'ADT^A01', E'MSH|^~\\&|DPI|PIC|LABO|PIC|20210203||ADT^A01|1|P|2.5\rPID|||0004471^^^PIC^PI||FERRANDIS^MAUD^^^MME||19790517|F|||22 rue des Aresquiers^^FRONTIGNAN^^34110||0644710044|||||210200044711|279053430104471', 'ENVOYE'),
  (2, '2022-02-03 07:31', 'ADT^A01', E'MSH|^~\\&|DPI|PIC|LABO|PIC|20220203||ADT^A01|2|P|2.5\rPID|||0004472^^^PIC^PI||BOYER^LOLA||20100303|F|||22 rue des Aresquiers^^FRONTIGNAN^^34110||||||220200044721|', 'ENVOYE');
