-- Ysolde Kermarrec (301) is a student. 302 is her brother, at her address; 303 has her name; 210 teaches and grades her; 2 administers.
insert into mdl_user (id, username, password, idnumber, firstname, lastname, email, phone1, phone2, institution, department, address, city, country, lastip, secret, description, alternatename, timecreated) values
  (2, 'admin', '$2y$a', '', 'Armelle', 'Coadic', 'moodle@lycee-brizeux.example', '', '', '', '', '', '', 'FR', '10.2.0.2', '', null, null, 1500000000),
  (210, 'jriou', '$2y$b', 'P-210', 'Jakez', 'Riou', 'jakez.riou@lycee-brizeux.example', '02 98 21 02 10', '', 'Lycée Brizeux', 'Lettres', '', 'Quimper', 'FR', '10.2.0.10', 's210', '<p>Professeur de lettres.</p>', null, 1500000000),
  (301, 'ykermarrec', '$2y$c', 'INE 0891301301K', 'Ysolde', 'Kermarrec', 'ysolde.kermarrec@eleve.example', '02 98 30 13 01', '06 30 13 01 30', 'Lycée Brizeux', 'BTS 1', '8 venelle du Pain Cuit', 'Quimper', 'FR', '92.8.30.1', 's301', '<p>Je suis dyslexique et je chante.</p>', 'Ysa', 1600000000),
  (302, 'gkermarrec', '$2y$d', 'INE 0891302302K', 'Gwendal', 'Kermarrec', 'gwendal.kermarrec@eleve.example', '02 98 30 13 01', '06 30 23 02 30', 'Lycée Brizeux', 'BTS 2', '8 venelle du Pain Cuit', 'Quimper', 'FR', '92.8.30.1', 's302', null, null, 1590000000),
  (303, 'ykermarrec2', '$2y$e', 'INE 0891303303K', 'Ysolde', 'Kermarrec', 'y.kermarrec@eleve.example', '', '', 'Lycée Brizeux', 'BTS 2', '3 quai Neuf', 'Brest', 'FR', '92.8.30.3', 's303', null, null, 1590000000);
insert into mdl_user_info_field values (1, 'naissance', 'Date de naissance', 'datetime'), (2, 'amenagement', 'Aménagement', 'textarea');
insert into mdl_user_info_data values (11, 301, 1, '2004-06-21', 0), (12, 301, 2, 'Tiers-temps', 0), (13, 302, 2, 'Aucun', 0);
insert into mdl_user_preferences values (21, 301, 'message_processor_email', 'ysolde.perso@boite.example'), (22, 301, 'htmleditor', 'tiny'), (23, 302, 'htmleditor', 'atto');
insert into mdl_course values (1, 0, 'Lycée Brizeux', 'brizeux', '', null, 0), (7, 1, 'Culture générale et expression', 'CGE1', 'CGE1', '<p>Avec M. Riou</p>', 1630000000);
insert into mdl_context values (1, 10, 0, '/1', 1), (31, 30, 301, '/1/31', 2), (32, 30, 302, '/1/32', 2), (57, 50, 7, '/1/57', 2), (77, 70, 71, '/1/57/77', 3);
insert into mdl_enrol values (4, 'manual', 7, 0, null);
insert into mdl_user_enrolments values (41, 0, 4, 301, 0, 210, 1630000000), (42, 0, 4, 302, 0, 210, 1630000000), (43, 0, 4, 210, 0, 2, 1630000000);
insert into mdl_role values (3, '', 'editingteacher', 3, 'editingteacher'), (5, '', 'student', 5, 'student');
insert into mdl_role_assignments values (51, 5, 57, 301, 1630000000, 210, ''), (52, 5, 57, 302, 1630000000, 210, ''), (53, 3, 57, 210, 1630000000, 2, '');
insert into mdl_grade_items values (61, 7, 'Synthèse 1', 'mod', 'assign', 71, 20);
insert into mdl_grade_grades values (611, 61, 301, 9, 9, 210, 'Ysolde, l’orthographe doit progresser malgré la dyslexie.', 1, null, 1631000000), (612, 61, 302, 14, 14, 210, 'Bon travail.', 1, null, 1631000000), (613, 61, 303, null, null, 210, null, 1, null, null);
insert into mdl_assign values (71, 7, 'Synthèse 1', '<p>Rédigez.</p>', 1630900000);
insert into mdl_assign_submission values (711, 71, 301, 1630800000, 'submitted', 0), (712, 71, 302, 1630800000, 'submitted', 0);
insert into mdl_assignsubmission_onlinetext values (1, 71, 711, '<p>Ma grand-mère et moi avons fui Brest…</p>', 1), (2, 71, 712, '<p>La mer dans les lettres.</p>', 1);
insert into mdl_assign_grades values (721, 71, 301, 1631000000, 210, 9), (722, 71, 302, 1631000000, 210, 14);
insert into mdl_assignfeedback_comments values (1, 71, 721, '<p>Relisez-vous à voix haute.</p>', 1), (2, 71, 722, '<p>Bien.</p>', 1);
insert into mdl_forum values (81, 7, 'general', 'Questions', '<p>Posez vos questions.</p>');
insert into mdl_forum_discussions values (811, 7, 81, 'Mon oral du 12, je panique', 8111, 301, -1, 1630700000, 210), (812, 7, 81, 'Liste des œuvres', 8121, 210, -1, 1630700000, 301);
insert into mdl_forum_posts values
  (8111, 811, 0, 301, 1630600000, 'Mon oral du 12, je panique', '<p>Puis-je passer en dernier ? Mon 06 30 13 01 30</p>', 1, '', 0, 0),
  (8112, 811, 8111, 210, 1630700000, 'Re: Mon oral du 12, je panique', '<p>Oui, Ysolde, écrivez à ysolde.kermarrec@eleve.example pour confirmer le créneau.</p>', 1, '', 0, 0),
  (8113, 811, 8111, 302, 1630700001, 'Re: Mon oral du 12, je panique', '<p>Moi aussi je préfère en dernier.</p>', 1, '', 0, 0),
  (8121, 812, 0, 210, 1630600000, 'Liste des œuvres', '<p>La voici.</p>', 1, '', 0, 0),
  (8122, 812, 8121, 301, 1630700000, 'Re: Liste des œuvres', '<p>Merci ! Y.</p>', 1, '1', 0, 0);
insert into mdl_message_conversations values (91, 1, null, 'h91', 1630000000), (92, 1, null, 'h92', 1630000000);
insert into mdl_message_conversation_members values (911, 91, 301, 1630000000), (912, 91, 210, 1630000000), (913, 92, 302, 1630000000), (914, 92, 210, 1630000000);
insert into mdl_messages values
  (921, 301, 91, null, 'Bonjour monsieur, ma mère est hospitalisée.', 0, '<p>Bonjour monsieur, ma mère est hospitalisée.</p>', 'Bonjour monsieur, ma mère est hospitalisée.', 1630100000),
  (922, 210, 91, null, 'Courage, prenez votre temps.', 0, '<p>Courage, prenez votre temps.</p>', 'Courage, prenez votre temps.', 1630100001), (923, 302, 92, null, 'Bonjour.', 0, '<p>Bonjour.</p>', 'Bonjour.', 1630100002);
insert into mdl_notifications values
  (931, 210, 301, 'Votre devoir est corrigé', 'Ysolde Kermarrec, M. Riou a corrigé « Synthèse 1 ».', 'mod_assign', 'assign_notification', 'https://moodle.example/mod/assign/view.php?id=71', 1631000000),
  (932, 301, 210, 'Ysolde Kermarrec a remis un devoir', 'Ysolde Kermarrec (ysolde.kermarrec@eleve.example) a remis « Synthèse 1 ».', 'mod_assign', 'assign_notification', 'https://moodle.example/mod/assign/view.php?id=71', 1630800000),
  (933, 210, 302, 'Votre devoir est corrigé', 'Gwendal Kermarrec, M. Riou a corrigé « Synthèse 1 ».', 'mod_assign', 'assign_notification', null, 1631000000);
insert into mdl_files values
  (941, 'c941', 77, 'assignsubmission_file', 'submission_files', 711, '/', 'Kermarrec_Ysolde_synthese.odt', 301, 20000, 'application/vnd.oasis.opendocument.text', 'Ysolde Kermarrec', 'allrightsreserved', 1630800000),
  (942, 'c942', 57, 'course', 'overviewfiles', 0, '/', 'affiche.png', 210, 30000, 'image/png', 'Jakez Riou', 'cc', 1630000000), (943, 'c943', 31, 'user', 'icon', 0, '/', 'f1.png', null, 900, 'image/png', null, null, 1630000000);
insert into mdl_logstore_standard_log values
  (1, '\core\event\user_loggedin', 'core', 'loggedin', 'user', 'user', 301, 'r', 1, 301, 0, null, 0, '{"username":"ykermarrec"}', 1630000001, 'web', '92.8.30.1', null),
  (2, '\core\event\user_graded', 'core', 'graded', 'user', 'grade_grades', 611, 'u', 57, 210, 7, 301, 0, '{"itemid":"61","overridden":false,"finalgrade":9}', 1631000000, 'web', '10.2.0.10', null),
  (3, '\core\event\user_loggedin', 'core', 'loggedin', 'user', 'user', 210, 'r', 1, 210, 0, null, 0, '{"username":"jriou"}', 1630000002, 'web', '10.2.0.10', null),
  (4, '\core\event\email_failed', 'core', 'failed', 'email', null, null, 'c', 1, 2, 0, 301, 0, '{"subject":"Votre devoir","message":"…","errorinfo":"550 ysolde.kermarrec@eleve.example"}', 1631000001, 'cli', null, null),
  (5, '\core\event\user_loggedin', 'core', 'loggedin', 'user', 'user', 302, 'r', 1, 302, 0, null, 0, '{"username":"gkermarrec"}', 1630000003, 'web', '92.8.30.1', null),
  (6, '\mod_assign\event\submission_graded', 'mod_assign', 'graded', 'submission', 'assign_grades', 722, 'u', 77, 210, 7, 302, 0, null, 1631000000, 'web', '10.2.0.10', null);
insert into mdl_sessions values (1, 'sid301', 301, 'czozMDE=', 1631000000, '92.8.30.1', '92.8.30.77'), (2, 'sid302', 302, 'czozMDI=', 1631000000, '92.8.30.1', '92.8.30.1');
insert into mdl_config values (1, 'supportemail', 'moodle@lycee-brizeux.example'), (2, 'siteadmins', '2');
